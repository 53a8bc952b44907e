import { HttpRefusal, refusal } from '@airline/service/server';
import { decoderOf } from './compression.ts';
import type { Exchange } from './exchange.ts';

/**
 * Reads a request's body, decompressed. `done` is called once, with the body or with why it is refused; not at all when the client goes
 * away before its end. What comes after a refusal is discarded, so that the client gets to read the response.
 */
export function readBody(
  exchange: Pick<Exchange, 'request' | 'response'>,
  limitBytes: number,
  done: (body: Buffer | HttpRefusal) => void,
): void {
  const { request } = exchange;
  const isTooLarge = Number(request.headers['content-length']) > limitBytes;
  const decode = isTooLarge ? refusal.tooLarge(limitBytes) : decoderOf(exchange, limitBytes);
  if (decode instanceof HttpRefusal) {
    request.resume();
    done(decode);
    return;
  }
  const announced = Number(request.headers['content-length'] ?? limitBytes);
  const read = new Gathered(announced);
  const onData = (chunk: Buffer) => {
    if (read.bytes + chunk.length <= limitBytes) {
      read.add(chunk);
      return;
    }
    request.off('data', onData).off('end', onEnd).resume();
    done(refusal.tooLarge(limitBytes));
  };
  const onEnd = () => {
    const body = read.all;
    if (decode) void decode(body).then(done);
    else done(body);
  };
  request.on('data', onData).on('end', onEnd);
}

const NOTHING = Buffer.alloc(0);
/** A buffer is no smaller. */
const LEAST_BYTES = 1024;

/** Bytes that come in chunks, in one buffer: kept one by one, chunks of a byte would take a hundred bytes each. */
class Gathered {
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

  add(chunk: Buffer): void {
    const bytes = this.bytes + chunk.length;
    // All at once, as nearly always.
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
