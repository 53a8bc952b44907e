import type { WebSocket } from 'ws';

/** Unsent messages of a socket beyond which its client is not read. */
const MOST_OF_SOCKET = 16;
/** What a client may have sent by then that is answered: it came together with what was read before. */
const MOST_BEYOND = 64;
/** Beyond so many unsent messages of all sockets, nothing is answered that comes beyond those of its own. Each takes some 600 bytes. */
const MOST_OF_ALL = 50_000;

/** How many messages of all sockets of a server are unsent. */
export interface UnsentOfAll {
  count: number;
}

/**
 * The messages to one client that the operating system has not taken, because the client does not read. Each takes many times its
 * bytes, so their number is bounded: while there are many, the client is not read either.
 */
export class Unsent {
  readonly #socket: WebSocket;
  readonly #all: UnsentOfAll;
  readonly #taken: () => void;
  #count = 0;
  #beyond = 0;

  /**
   * @param taken is called when a client that is not read has taken a message: it is there, though its pongs are not read. While the
   * system's buffers have room, that a message was taken says nothing of the client.
   */
  constructor(socket: WebSocket, all: UnsentOfAll, taken: () => void) {
    this.#socket = socket;
    this.#all = all;
    this.#taken = taken;
    socket.once('close', () => this.#add(-this.#count));
  }

  /** A message has come that is answered. @returns whether it may be */
  answers(): boolean {
    if (this.#count <= MOST_OF_SOCKET) return true;
    this.#beyond += 1;
    return this.#beyond <= MOST_BEYOND && this.#all.count <= MOST_OF_ALL;
  }

  /** Resolves when the message was taken, or the socket has closed. */
  send(message: string): Promise<void> {
    this.#add(1);
    if (this.#count > MOST_OF_SOCKET) this.#socket.pause();
    return new Promise((resolve) => {
      this.#socket.send(message, (error) => {
        resolve();
        if (error) return;
        this.#add(-1);
        if (!this.#socket.isPaused) return;
        this.#taken();
        if (this.#count > MOST_OF_SOCKET) return;
        this.#beyond = 0;
        this.#socket.resume();
      });
    });
  }

  #add(count: number): void {
    this.#count += count;
    this.#all.count += count;
  }
}
