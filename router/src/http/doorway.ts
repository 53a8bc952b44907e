import type { Socket } from 'node:net';
import type { ConnectionsOptions } from '../admission/connections.ts';

export type DoorwayOptions = Pick<ConnectionsOptions, 'addressOf' | 'isBehindProxy' | 'limits'>;

/** New connections of one address that are let in during one turn of the event loop, as many as libuv accepts of all. */
const AT_ONCE = 1;
const AT_ONCE_OF_PROXY = 16;
/** Of each address so many may wait for their turn, however many wait of others. */
const WAITING = 16;

/** Of one address: how many were let in during this turn, and who waits. */
interface Comers {
  count: number;
  readonly waiting: Socket[];
}

/**
 * Lets new connections in, so many of one address in a turn: one that opens connections again and again takes no more of a turn
 * from others. But for sixteen of each address, all that wait are no more than may be open, and those of a client no more
 * than it may have.
 */
export class Doorway {
  readonly #options: DoorwayOptions;
  readonly #atOnce: number;
  readonly #letIn: (socket: Socket) => void;
  readonly #comers = new Map<string, Comers>();
  #waiting = 0;
  #isClosed = false;

  constructor(options: DoorwayOptions, letIn: (socket: Socket) => void) {
    this.#options = options;
    this.#atOnce = options.isBehindProxy ? AT_ONCE_OF_PROXY : AT_ONCE;
    this.#letIn = letIn;
  }

  /** @param socket that is not read as yet */
  enter(socket: Socket): void {
    if (this.#isClosed) {
      socket.destroy();
      return;
    }
    const address = this.#options.addressOf({ headers: {}, socket });
    const comers = this.#comers.get(address) ?? { count: 0, waiting: [] };
    if (this.#comers.size === 0) setImmediate(() => this.#turn());
    this.#comers.set(address, comers);
    comers.waiting.push(socket);
    this.#waiting += 1;
    this.#serve(comers);
    if (this.#isBeyond(comers.waiting.length)) this.#take(comers, -1)[0]?.destroy();
  }

  /** Closes those who wait and those who come. */
  close(): void {
    this.#isClosed = true;
    for (const comers of this.#comers.values()) for (const socket of this.#take(comers, 0)) socket.destroy();
  }

  /** @param count of one address that wait */
  #isBeyond(count: number): boolean {
    const { limits, isBehindProxy } = this.#options;
    const own = isBehindProxy ? limits.inAll : limits.perClient;
    return count > WAITING && (count > own || this.#waiting > limits.inAll);
  }

  #take({ waiting }: Comers, from: number, count = waiting.length): Socket[] {
    const taken = waiting.splice(from, count);
    this.#waiting -= taken.length;
    return taken;
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
    for (const socket of this.#take(comers, 0, this.#atOnce - comers.count)) {
      comers.count += 1;
      this.#letIn(socket);
    }
  }
}
