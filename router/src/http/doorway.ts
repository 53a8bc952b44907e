import type { Socket } from 'node:net';
import type { AddressOf } from '../pipeline/address.ts';

export interface DoorwayOptions {
  readonly addressOf: AddressOf;
  /** Whether an address is a proxy's, which connects for many clients. */
  readonly isBehindProxy: boolean;
}

/** New connections of one address that are let in during one turn of the event loop, as many as libuv accepts of all. */
const AT_ONCE = 1;
const AT_ONCE_OF_PROXY = 16;
/** Those of one address that wait for their turn. */
const WAITING = 1_024;

/** Of one address: how many were let in during this turn, and who waits. */
interface Comers {
  count: number;
  readonly waiting: Socket[];
}

/**
 * Lets new connections in, so many of one address in a turn: one that opens connections again and again takes no more of a turn
 * from others.
 */
export class Doorway {
  readonly #addressOf: AddressOf;
  readonly #atOnce: number;
  readonly #letIn: (socket: Socket) => void;
  readonly #comers = new Map<string, Comers>();

  constructor({ addressOf, isBehindProxy }: DoorwayOptions, letIn: (socket: Socket) => void) {
    this.#addressOf = addressOf;
    this.#atOnce = isBehindProxy ? AT_ONCE_OF_PROXY : AT_ONCE;
    this.#letIn = letIn;
  }

  /** @param socket that is not read as yet */
  enter(socket: Socket): void {
    const address = this.#addressOf({ headers: {}, socket });
    const comers = this.#comers.get(address) ?? { count: 0, waiting: [] };
    if (this.#comers.size === 0) setImmediate(() => this.#turn());
    this.#comers.set(address, comers);
    if (comers.waiting.push(socket) > WAITING) comers.waiting.pop()?.destroy();
    this.#serve(comers);
  }

  #turn(): void {
    for (const [address, comers] of this.#comers) {
      comers.count = 0;
      this.#serve(comers);
      if (comers.count === 0) this.#comers.delete(address);
    }
    if (this.#comers.size > 0) setImmediate(() => this.#turn());
  }

  #serve(comers: Comers): void {
    for (const socket of comers.waiting.splice(0, this.#atOnce - comers.count)) {
      comers.count += 1;
      if (!socket.destroyed) this.#letIn(socket);
    }
  }
}
