import type { HttpRefusal } from '@airline/service/server';
import type { Refused } from '../refusal.ts';
import { OPERATOR, type OperationResult } from '../request.ts';
import { Line } from './line.ts';
import { overload, overloaded } from './refusals.ts';

/** The estimated cost from which an operation holds up the event loop of a subgraph: some four milliseconds of CPU. */
export const HEAVY_COST = 1_000;

/** What one client has at work. */
export class Client {
  readonly source: string;
  /** Operations that have arrived and are not over. */
  open = 0;
  running = 0;
  /** The oldest first. */
  readonly waiting = new Set<Visit>();
  /** Its heavy operations: subgraphs do not know clients, and others would wait there for all that one has sent. */
  readonly heavy: Line<Visit>;

  /** @param heavyCost what its heavy operations may cost at once, at present */
  constructor(source: string, heavyCost: () => number) {
    this.source = source;
    this.heavy = new Line(heavyCost);
  }
}

/** What decides when an operation may run. */
export interface VisitHost {
  arrive(visit: Visit, bytes: number): HttpRefusal | undefined;
  begin(visit: Visit, bytes: number): Refused | undefined | Promise<Refused | undefined>;
  execute(visit: Visit): void;
  takeTurn(visit: Visit, cost: number): Promise<unknown> | undefined;
  endTurn(visit: Visit): void;
  finish(visit: Visit, work: object | undefined): void;
  leave(visit: Visit): void;
}

/** One operation, from its arrival until its client has the result or has left. */
export class Visit {
  readonly client: Client;
  readonly #host: VisitHost;
  isRunning = false;
  begunAt = 0;
  /** Bytes of its body that have come, until it is whole. */
  arriving = 0;
  /** Of its text. */
  bytes = 0;
  #isOver = false;
  #waits:
    | { readonly cancel: () => void; readonly resolve: (refused: Refused | undefined) => void }
    | undefined;

  constructor(host: VisitHost, client: Client) {
    this.#host = host;
    this.client = client;
  }

  /**
   * More of its body has come, which is held until that is whole and decoded.
   * @param bytes more
   * @returns why it is refused; nothing of its body may be held then
   */
  arrive(bytes: number): HttpRefusal | undefined {
    return this.#isOver ? overload : this.#host.arrive(this, bytes);
  }

  /**
   * Its text is there. What this returns is, or resolves to, undefined where it may run. To be called once.
   * @param bytes of its text
   */
  start(bytes: number): Refused | undefined | Promise<Refused | undefined> {
    return this.#isOver ? overloaded : this.#host.begin(this, bytes);
  }

  /**
   * Executes it once enough of its client's heavy operations before it are over; by then its client may have left. It is over when
   * what it defers is fetched, too.
   * @param cost estimated
   */
  async inTurn(cost: number, execute: () => Promise<OperationResult>): Promise<OperationResult> {
    if (!this.isRunning) return await execute();
    this.#host.execute(this);
    if (cost < HEAVY_COST || this.client.source === OPERATOR) return await execute();
    await this.#host.takeTurn(this, cost);
    const end = () => this.#host.endTurn(this);
    try {
      const result = await execute();
      if (result.deferred) void result.deferred.ended.then(end);
      else end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  }

  /**
   * No more is done for it: it has its result, which its client need not have read, or was refused.
   * @param work what it was, the same object for the same; undefined for what was not done
   */
  finish(work?: object): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.#host.finish(this, work);
    if (this.#isOver) this.#host.leave(this);
  }

  /** Its client has the result, or has left. What still runs for it, such as a mutation, counts until it is finished. */
  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.isRunning) this.#host.leave(this);
  }

  /** It is finished, and its client is not counted for it any longer. */
  end(work?: object): void {
    this.leave();
    this.finish(work);
  }

  wait(cancel: () => void): Promise<Refused | undefined> {
    const { promise, resolve } = Promise.withResolvers<Refused | undefined>();
    this.#waits = { cancel, resolve };
    return promise;
  }

  settle(refused: Refused | undefined): void {
    this.#waits?.cancel();
    this.#waits?.resolve(refused);
    this.#waits = undefined;
  }
}
