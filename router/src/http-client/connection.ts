import type { Socket } from 'node:net';
import { writeAtTurnEnd } from '../turn-end.ts';
import type { Call, Stage } from './call.ts';
import { ProtocolError, type ResponseHead } from './response-head.ts';
import { ResponseReader, type ResponseSink } from './response-reader.ts';
import { connectTimeout, MOST_READ, open, type Server } from './socket.ts';

export interface ConnectionOwner {
  /** It may carry another call. */
  released(connection: Connection): void;
  closed(connection: Connection): void;
  /** So many more bytes are kept, or fewer, of responses that are not whole. @returns whether there may be as many */
  keeps(bytes: number): boolean;
}

/** An idle connection is closed by this much before the server would, so that no request meets its end. */
const MARGIN_MS = 2_000;

/** A connection to a server (RFC 9112, section 9), for one call at a time. */
export class Connection implements ResponseSink {
  readonly #server: Server;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #close = (reason: Error): void => this.close(reason);
  #isConnected = false;
  #isClosed = false;
  #isResponding = false;
  #call: Call | undefined;
  #reader = new ResponseReader(this);
  #head: ResponseHead | undefined;
  /** Bytes of its response that are kept. */
  #kept = 0;
  /** Until when it may carry another call, in ms of performance.now(). */
  usableUntil = 0;

  constructor(server: Server, owner: ConnectionOwner) {
    this.#server = server;
    this.#owner = owner;
    this.#timer = setTimeout(this.#close, server.connectTimeoutMs, connectTimeout(server));
    this.#socket = open(server, (bytes) => this.#read(bytes));
    this.#socket
      .once(server.isSecure ? 'secureConnect' : 'connect', () => {
        this.#isConnected = true;
        clearTimeout(this.#timer);
      })
      .on('error', this.#close)
      .once('end', () => this.#end())
      .once('close', () => this.close(new Error('The connection was closed.')));
  }

  /** Once it is connected, if it is not yet. */
  send(call: Call): void {
    this.#call = call;
    this.#isResponding = false;
    this.#reader = new ResponseReader(this);
    call.began(this.#close);
    writeAtTurnEnd(() => this.#write(call));
  }

  /** Nothing, where it has been closed since. */
  #write(call: Call): void {
    const bytes = Buffer.byteLength(call.body);
    const head = `${call.head}content-length: ${bytes}\r\n\r\n`;
    // ASCII, as it is most often, is one text with the head.
    if (bytes === call.body.length) this.#socket.write(head + call.body, 'latin1');
    else {
      this.#socket.cork();
      this.#socket.write(head, 'latin1');
      this.#socket.write(call.body);
      this.#socket.uncork();
    }
  }

  received(bytes: number): void {
    // What its call has refused is still read to the end of the piece that came.
    if (this.#isClosed) return;
    this.#kept += bytes;
    if (!this.#owner.keeps(bytes)) this.close(new Error('Too much of unfinished responses is kept.'));
    this.#call?.received(bytes);
  }

  ended(head: ResponseHead, body: Buffer): void {
    if (this.#isClosed) return;
    this.#letGo();
    this.#call?.ended(head, body);
    this.#call = undefined;
    this.#head = head;
  }

  /** Its call fails, if it has one. */
  close(reason: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#letGo();
    this.#socket.destroy();
    const call = this.#call;
    this.#call = undefined;
    call?.failed(reason, this.#stage);
    this.#owner.closed(this);
  }

  #letGo(): void {
    this.#owner.keeps(-this.#kept);
    this.#kept = 0;
  }

  get #stage(): Stage {
    if (!this.#isConnected) return 'unconnected';
    return this.#isResponding ? 'responding' : 'unanswered';
  }

  #read(bytes: Buffer): void {
    try {
      if (!this.#call) throw new ProtocolError('The server sends what it was not asked for.');
      this.#isResponding = true;
      const hasMore = this.#reader.read(bytes);
      const head = this.#head;
      this.#head = undefined;
      if (!head || this.#isClosed) return;
      const idleMs = head.keepAliveMs === undefined ? this.#server.keepAliveMs : head.keepAliveMs - MARGIN_MS;
      // A server that responds to what it has not read may never read it, and all further requests would wait here.
      const isUnsent = this.#socket.writableNeedDrain;
      if (hasMore || isUnsent || !head.isPersistent || idleMs <= 0) {
        this.close(new Error('The connection is not persistent.'));
        return;
      }
      this.usableUntil = performance.now() + idleMs;
      // More may have come, which is read before the next turn: it must not become the response to another request.
      if (this.#server.isSecure || bytes.length === MOST_READ) setImmediate(release, this);
      else this.release();
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** It may carry another call, unless it has been closed. */
  release(): void {
    if (!this.#isClosed) this.#owner.released(this);
  }

  /** The server sends no more. */
  #end(): void {
    if (this.#call) this.#reader.end();
    this.close(new Error('The connection was closed.'));
  }
}

const release = (connection: Connection): void => connection.release();
