export interface Response {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  /** Of the body, without its transfer coding. */
  readonly bytes: number;
  /** The body, as it came. */
  readonly parts: readonly Buffer[];
}

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/**
 * Reads the responses of one connection, one at a time, at a fraction of an HTTP client's cost: the load shares its cores with
 * what is measured. Bodies are JSON, which has no carriage return in it, so that the last chunk is known by its text.
 */
export class ResponseReader {
  /** Of the head until it is complete, then of the body. */
  #received: Buffer[] = [];
  #head = '';
  /** Of the body; undefined where it comes in chunks. */
  #length: number | undefined;
  /** Negative: the head is not complete. */
  #bodyBytes = -1;

  /** Returns the response, once it is complete. */
  read(data: Buffer): Response | undefined {
    let body = data;
    if (this.#bodyBytes < 0) {
      this.#received.push(data);
      const all = this.#received.length === 1 ? data : Buffer.concat(this.#received);
      const end = all.indexOf(HEAD_END);
      if (end < 0) return undefined;
      this.#readHead(all.toString('latin1', 0, end));
      body = all.subarray(end + HEAD_END.length);
      this.#received = [];
      this.#bodyBytes = 0;
    }
    this.#received.push(body);
    this.#bodyBytes += body.length;
    if (this.#length === undefined) return this.#readChunked();
    return this.#bodyBytes < this.#length ? undefined : this.#end(this.#received);
  }

  #readHead(head: string): void {
    this.#head = head;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    this.#length = length === undefined ? undefined : Number(length);
  }

  #readChunked(): Response | undefined {
    const all = Buffer.concat(this.#received);
    if (all.toString('latin1', all.length - LAST_CHUNK.length) !== LAST_CHUNK) return undefined;
    const parts: Buffer[] = [];
    for (let at = 0; at < all.length; ) {
      const line = all.indexOf('\r\n', at);
      const size = Number.parseInt(all.toString('latin1', at, line), 16);
      if (size === 0) break;
      parts.push(all.subarray(line + 2, line + 2 + size));
      at = line + 2 + size + 2;
    }
    return this.#end(parts);
  }

  #end(parts: readonly Buffer[]): Response {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    this.#received = [];
    this.#bodyBytes = -1;
    return { status: Number(this.#head.slice(9, 12)), head: this.#head, bytes, parts };
  }
}
