const NOTHING = Buffer.alloc(0);
/** A buffer is no smaller. */
const LEAST_BYTES = 1024;

/** Bytes that come in chunks, in one buffer: kept one by one, chunks of a byte would take a hundred bytes each. */
export class Gathered {
  readonly #most: number;
  #buffer: Buffer = NOTHING;
  bytes = 0;

  /** @param most bytes that are expected */
  constructor(most: number) {
    this.#most = most;
  }

  get all(): Buffer {
    return this.#buffer.subarray(0, this.bytes);
  }

  /** @param chunk kept as it is if it is all that is expected */
  add(chunk: Buffer): void {
    const bytes = this.bytes + chunk.length;
    if (bytes === this.#most && this.bytes === 0) this.#buffer = chunk;
    else {
      if (bytes > this.#buffer.length) this.#grow(bytes);
      chunk.copy(this.#buffer, this.bytes);
    }
    this.bytes = bytes;
  }

  #grow(bytes: number): void {
    const room = Math.max(LEAST_BYTES, 2 * this.#buffer.length, bytes);
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(room, this.#most)));
    this.all.copy(larger);
    this.#buffer = larger;
  }
}
