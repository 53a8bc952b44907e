export interface Response {
  readonly status: number;
  /** Of the body, without its transfer coding. */
  readonly bytes: number;
}

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/**
 * Reads the responses of one connection, one at a time, at a fraction of an HTTP client's cost: the load shares a core with the
 * subgraphs. Bodies are JSON, which has no carriage return in it, so that the last chunk is known by its text.
 */
export class ResponseReader {
  #received: Buffer[] = [];
  #status = 0;
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
    this.#bodyBytes += body.length;
    return this.#length === undefined ? this.#readChunked(body) : this.#end(this.#length);
  }

  #readHead(head: string): void {
    this.#status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    this.#length = length === undefined ? undefined : Number(length);
  }

  #readChunked(data: Buffer): Response | undefined {
    this.#received.push(data);
    const all = Buffer.concat(this.#received);
    if (all.toString('latin1', all.length - LAST_CHUNK.length) !== LAST_CHUNK) return undefined;
    let bytes = 0;
    for (let at = 0; at < all.length; ) {
      const line = all.indexOf('\r\n', at);
      const size = Number.parseInt(all.toString('latin1', at, line), 16);
      if (size === 0) break;
      bytes += size;
      at = line + 2 + size + 2;
    }
    this.#bodyBytes = bytes;
    return this.#end(bytes);
  }

  #end(length: number): Response | undefined {
    if (this.#bodyBytes < length) return undefined;
    const response = { status: this.#status, bytes: this.#bodyBytes };
    this.#received = [];
    this.#bodyBytes = -1;
    return response;
  }
}
