import { Gathered } from '../gathered.ts';
import { FIELD_NAME, FIELD_VALUE } from './field.ts';
import { ProtocolError, type ResponseHead, readHead } from './response-head.ts';

export interface ResponseSink {
  /** A piece of the body has come, of which nothing is kept yet. */
  received(bytes: number): void;
  /** @param body valid during the call only */
  ended(head: ResponseHead, body: Buffer): void;
}

/** A response has no more beside its body and the sizes of its chunks: heads (also interim ones), extensions and trailers. */
const MOST_BYTES_BESIDE = 16 * 1024;
const TOO_LONG = 'What comes beside the body is too long.';
const BLANK_LINE = '\r\n\r\n';
const LINE_FEED = 10;
/** With extensions, which nobody has agreed on (RFC 9112 7.1.1); without quotes. */
const CHUNK_SIZE = new RegExp(`^([0-9a-f]{1,8})(?:;${FIELD_NAME}(?:=${FIELD_NAME})?)*$`, 'i');
const TRAILER = new RegExp(`^${FIELD_NAME}:${FIELD_VALUE}$`);

/** What comes next. An empty line ends a chunk, and the trailers behind the last of them. */
type Awaited = 'head' | 'body' | 'chunk size' | 'chunk' | 'chunk end' | 'trailer' | 'nothing';

/**
 * Reads one response of HTTP/1.1 (RFC 9112, sections 6 and 7) from the bytes of a connection as they come. A body that comes at
 * once is not copied.
 */
export class ResponseReader {
  readonly #sink: ResponseSink;
  #awaited: Awaited = 'head';
  #head: ResponseHead | undefined;
  /** The beginning of a head or of a line. */
  #unread: Buffer | undefined;
  /** What has come of the body, if that is not all of it. */
  #body: Gathered | undefined;
  /** Bytes to come, of the body or of its chunk. */
  #left = 0;
  /** Bytes that have come beside the body. */
  #beside = 0;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /**
   * Reads on, to the end of the response at most.
   *
   * @param bytes may be overwritten after the call
   * @returns whether there is anything behind the response
   * @throws ProtocolError
   */
  read(bytes: Buffer): boolean {
    const all = this.#unread ? Buffer.concat([this.#unread, bytes]) : bytes;
    this.#unread = undefined;
    let at = 0;
    while (at < all.length && this.#awaited !== 'nothing') {
      const next = this.#readFrom(all, at);
      if (next === undefined) {
        this.#keep(all.subarray(at));
        return false;
      }
      at = next;
    }
    return at < all.length;
  }

  /** The connection has ended, and with it a body without a length. @returns whether the response is whole */
  end(): boolean {
    if (this.#awaited === 'body' && this.#left === Number.POSITIVE_INFINITY) this.#finish();
    return this.#awaited === 'nothing';
  }

  /** @returns where to read on; undefined while the end of a head or a line has not come */
  #readFrom(all: Buffer, at: number): number | undefined {
    if (this.#awaited === 'head') return this.#readHead(all, at);
    if (this.#awaited === 'body' || this.#awaited === 'chunk') return this.#readBody(all, at);
    const feed = all.indexOf(LINE_FEED, at);
    if (feed === -1) return undefined;
    const line = all.toString('latin1', at, feed);
    if (!line.endsWith('\r')) throw new ProtocolError('A line between chunks does not end by CR and LF.');
    this.#passLine(line.slice(0, -1));
    return feed + 1;
  }

  #readHead(all: Buffer, at: number): number | undefined {
    const blank = all.indexOf(BLANK_LINE, at, 'latin1');
    if (blank === -1) return undefined;
    const next = blank + BLANK_LINE.length;
    this.#countBeside(next - at);
    const head = readHead(all.toString('latin1', at, blank + 2));
    if (head.status === 101) throw new ProtocolError('The server changes the protocol.');
    // Interim responses come before the response (RFC 9110 15.2).
    if (head.status >= 200) {
      this.#head = head;
      this.#left = head.contentLength ?? Number.POSITIVE_INFINITY;
      this.#awaited = head.isChunked ? 'chunk size' : 'body';
      if (this.#left === 0) this.#finish();
    }
    return next;
  }

  #readBody(all: Buffer, at: number): number {
    const end = Math.min(all.length, at + this.#left);
    const piece = all.subarray(at, end);
    this.#left -= piece.length;
    this.#sink.received(piece.length);
    const isEnd = this.#left === 0;
    if (isEnd && this.#awaited === 'body' && !this.#body) {
      this.#finish(piece);
      return end;
    }
    this.#body ??= new Gathered(this.#head?.contentLength ?? Number.POSITIVE_INFINITY);
    this.#body.add(piece);
    if (isEnd && this.#awaited === 'body') this.#finish();
    else if (isEnd) this.#awaited = 'chunk end';
    return end;
  }

  #passLine(line: string): void {
    if (this.#awaited === 'trailer') {
      this.#countBeside(line.length);
      if (line === '') this.#finish();
      else if (!TRAILER.test(line)) throw new ProtocolError('A trailer is no field.');
    } else if (this.#awaited === 'chunk end') {
      if (line !== '') throw new ProtocolError('A chunk is longer than its size.');
      this.#awaited = 'chunk size';
    } else {
      const size = CHUNK_SIZE.exec(line)?.[1];
      if (size === undefined) throw new ProtocolError('A chunk has no size.');
      this.#countBeside(line.length - size.length);
      this.#left = Number.parseInt(size, 16);
      this.#awaited = this.#left === 0 ? 'trailer' : 'chunk';
    }
  }

  #keep(beginning: Buffer): void {
    if (this.#beside + beginning.length > MOST_BYTES_BESIDE) throw new ProtocolError(TOO_LONG);
    this.#unread = Buffer.from(beginning);
  }

  /** Nothing else bounds it before the deadline, however fast it comes. */
  #countBeside(bytes: number): void {
    this.#beside += bytes;
    if (this.#beside > MOST_BYTES_BESIDE) throw new ProtocolError(TOO_LONG);
  }

  #finish(body = this.#body?.all ?? NOTHING): void {
    this.#awaited = 'nothing';
    if (this.#head) this.#sink.ended(this.#head, body);
  }
}

const NOTHING = Buffer.alloc(0);
