import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** What may have come of unfinished messages of all sockets; beyond it those are closed that send more of them than this. */
const MOST_OF_ALL = 32 * 1024 * 1024;
const SMALL = 4 * 1024;

/** How much has come of unfinished messages of all sockets of a server, in bytes. */
export interface ArrivingOfAll {
  bytes: number;
}

/**
 * What has come of a message that is not whole. `ws` holds all of it and has no deadline, so that many sockets with most of a
 * message each would hold more than there is. Headers of further frames of a message count as parts of it.
 */
export class Arriving {
  readonly #socket: WebSocket;
  readonly #all: ArrivingOfAll;
  #bytes = 0;
  /** Whether one was unfinished when that was asked last, and none has become whole since. */
  #isOld = false;

  /** @param connection that the socket's frames come over */
  constructor(socket: WebSocket, connection: Duplex, all: ArrivingOfAll) {
    this.#socket = socket;
    this.#all = all;
    connection.on('data', ({ length }: Buffer) => this.#came(length));
    socket.on('message', (data: Buffer) => {
      this.#isOld = false;
      this.#whole(data.length);
    });
    for (const control of ['ping', 'pong']) socket.on(control, (data: Buffer) => this.#whole(data.length));
    socket.once('close', () => this.#add(-this.#bytes));
  }

  /** To be called now and then. @returns whether the same message was unfinished last time */
  isStuck(): boolean {
    const isStuck = this.#isOld && this.#bytes > SMALL;
    this.#isOld = this.#bytes > SMALL;
    return isStuck;
  }

  #came(bytes: number): void {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#add(bytes);
    if (this.#all.bytes > MOST_OF_ALL && this.#bytes > SMALL) this.#socket.terminate();
  }

  #whole(bytes: number): void {
    // A client's frame has 6 bytes beside its payload, and 2 or 8 more for its length (RFC 6455, section 5.2).
    const beside = bytes < 126 ? 6 : bytes < 65_536 ? 8 : 14;
    this.#add(-Math.min(this.#bytes, bytes + beside));
  }

  #add(bytes: number): void {
    this.#bytes += bytes;
    this.#all.bytes += bytes;
  }
}
