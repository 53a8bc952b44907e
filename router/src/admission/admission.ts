import type { HttpRefusal } from '@airline/service/server';
import type { Clock } from '../clock.ts';
import type { Refused } from '../refusal.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import { ARRIVING, HeldBytes, TEXTS } from './held-bytes.ts';
import { Others } from './others.ts';
import { Pressure } from './pressure.ts';
import { Queue } from './queue.ts';
import { overload, overloaded, tooMany, tooManyRequests } from './refusals.ts';
import { Client, Visit, type VisitHost } from './visit.ts';

export interface AdmissionLimits {
  /** Operations that run at once, of one client, of one client while there are others, and of all. */
  readonly clientInFlight: number;
  readonly clientShare: number;
  readonly inFlight: number;
  /** Operations that wait for these, of all; of one client, half as many. */
  readonly queue: number;
}

export interface AdmissionOptions {
  readonly limits: AdmissionLimits;
  /** What the heavy operations of one client may cost that run at once: as much as one may. */
  readonly costLimit: number;
  /** How late the event loop is, in ms. */
  readonly lagMs: () => number;
  readonly clock: Clock;
  /** For how long operations take, in ms; by default this process's. */
  readonly now?: () => number;
}

/** Why an operation is refused: its client's share is used up, all is in use, the event loop lags, or it waited too long. */
export type Shed = 'client' | 'overload' | 'lag' | 'wait';

/** Beyond this the event loop lags. A slow garbage collection or one large plan stays below. */
const LAG_MS = 200;
/** What may still run and wait while it does: this share of a client's operations, and run of all. */
const LAGGING_CLIENT = 1 / 8;
const LAGGING = 1 / 2;
/** How long an operation waits before it is refused: by then its client has better uses of the time. */
const LONGEST_WAIT_MS = 3_000;
/** So many times as much of what is heavy runs at once of a client that is alone. */
const ALONE = 8;
/** A text, and a body so far, that is no longer counts, but is not refused for what the others have. */
const SMALL_BYTES = 4 * 1024;

/**
 * Bounds the operations at work. Beyond the bounds they wait, clients in turn; beyond the bound of the queue, the newest is
 * refused of the client that has the most of them. So one client's load does not reach another's. Libraries for this
 * (under-pressure, overload-protection, p-queue) know no clients.
 */
export class Admission implements VisitHost {
  readonly #options: AdmissionOptions;
  readonly #clients = new Map<string, Client>();
  readonly #others: Others;
  readonly #shed: Record<Shed, number> = { client: 0, overload: 0, lag: 0, wait: 0 };
  readonly #clientQueue: number;
  readonly #queue: Queue;
  readonly #limit: AdaptiveLimit;
  readonly #pressure: Pressure;
  readonly #texts = new HeldBytes(TEXTS);
  readonly #arriving = new HeldBytes(ARRIVING);
  #running = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#clientQueue = Math.ceil(options.limits.queue / 2);
    const { limits, clock, now = () => performance.now() } = options;
    this.#others = new Others(now);
    this.#pressure = new Pressure(now);
    const isPressed = () => this.#pressure.isHigh;
    this.#limit = new AdaptiveLimit({ max: limits.inFlight, now, isPressed });
    const endedIn = (ms: number) => this.#limit.endedIn(ms);
    this.#queue = new Queue({ max: limits.queue, now: clock.now, endedIn, isPressed });
  }

  /** What runs and waits at present, and how many were refused since the start. */
  get counts(): {
    readonly running: number;
    /** How many may run at present. */
    readonly limit: number;
    readonly waiting: number;
    readonly shed: Readonly<Record<Shed, number>>;
  } {
    return {
      running: this.#running,
      limit: this.#limit.current,
      waiting: this.#queue.size,
      shed: this.#shed,
    };
  }

  /**
   * An operation has arrived; its text need not be there yet.
   * @param source of its client
   * @returns why it is refused at once, if it is
   */
  enter(source: string): Visit | Refused {
    const client = this.#clients.get(source) ?? new Client(source, () => this.#heavyCost);
    this.#others.see(source);
    if (client.open >= this.#options.limits.clientInFlight + this.#clientQueue)
      return this.#refuse(client, 'client');
    if (this.#isLagging(client)) return this.#refuse(client, 'lag');
    if (this.#isBeyond(client)) return this.#refuse(client, 'overload');
    if (client.open === 0) this.#clients.set(source, client);
    client.open += 1;
    return new Visit(this, client);
  }

  /**
   * @param bytes of its body that have come now
   * @returns why it is refused; nothing of its body counts then
   */
  arrive(visit: Visit, bytes: number): HttpRefusal | undefined {
    const { client } = visit;
    const beyond =
      visit.arriving + bytes > SMALL_BYTES ? this.#arriving.beyond(client.source, bytes) : undefined;
    if (!beyond) {
      this.#arriving.hold(client.source, bytes);
      visit.arriving += bytes;
      return undefined;
    }
    this.#endArriving(visit);
    // It is no pressure: what arrives slowly keeps nothing else from being done.
    this.#shed[beyond] += 1;
    return beyond === 'client' ? tooManyRequests : overload;
  }

  /**
   * @param bytes of its text
   * @returns undefined once it runs
   */
  begin(visit: Visit, bytes: number): Refused | undefined | Promise<Refused | undefined> {
    const { client } = visit;
    this.#endArriving(visit);
    const beyond = bytes > SMALL_BYTES ? this.#texts.beyond(client.source, bytes) : undefined;
    if (beyond) return this.#refuse(client, beyond);
    visit.bytes = bytes;
    // Its share may have grown since: others are gone.
    this.#runNext(client);
    const mayRun = this.#mayRun(client);
    if (mayRun && this.#hasPlace) return this.#run(visit);
    if (client.waiting.size >= this.#clientQueue) return this.#refuse(client, mayRun ? 'overload' : 'client');
    while (this.#queue.isFull(mayRun)) {
      const newest = this.#queue.newestOfMost(client, mayRun);
      if (!newest) return this.#refuse(client, 'overload');
      this.#dequeue(newest, this.#refuse(newest.client, 'overload'));
    }
    this.#texts.hold(client.source, bytes);
    this.#queue.add(visit, mayRun);
    const { clock } = this.#options;
    const cancel = clock.after(LONGEST_WAIT_MS, () => {
      this.#runNext(client);
      if (!client.waiting.has(visit)) return;
      this.#dequeue(visit, this.#refuse(client, this.#mayRun(client) ? 'wait' : 'client'));
    });
    return visit.wait(cancel);
  }

  /**
   * What is heavy waits until enough of its client's heavy operations before it are over; meanwhile others run in its place.
   * @param cost estimated
   * @returns undefined where it need not wait
   */
  takeTurn(visit: Visit, cost: number): Promise<unknown> | undefined {
    const { client } = visit;
    if (client.heavy.enter(visit, cost)) return undefined;
    const turn = visit.wait(() => {});
    visit.isRunning = false;
    this.#stop(client);
    return turn;
  }

  endTurn(visit: Visit): void {
    for (const next of visit.client.heavy.leave(visit)) {
      this.#begin(next);
      next.settle(undefined);
    }
  }

  /** What an operation waited for until now is no part of the time that it takes. */
  execute(visit: Visit): void {
    visit.begunAt = this.#limit.begin(this.#running);
  }

  finish({ client, begunAt, bytes }: Visit, work: object | undefined): void {
    this.#texts.hold(client.source, -bytes);
    if (work) {
      this.#limit.end(work, begunAt);
      this.#pressure.done();
    }
    this.#stop(client);
  }

  leave(visit: Visit): void {
    const { client } = visit;
    this.#endArriving(visit);
    if (client.waiting.has(visit)) this.#dequeue(visit, overloaded);
    else if (client.heavy.isWaiting(visit)) {
      this.#texts.hold(client.source, -visit.bytes);
      visit.settle(undefined);
    }
    this.endTurn(visit);
    client.open -= 1;
    if (client.open === 0) this.#clients.delete(client.source);
  }

  /** Whether it would be refused once its text is there, as nothing waits under pressure: what is refused now costs less. */
  #isBeyond(client: Client): boolean {
    if (!this.#pressure.isHigh || this.#queue.size > 0) return false;
    const mayRun = this.#mayRun(client);
    return !(mayRun && this.#hasPlace) && this.#queue.isFull(mayRun);
  }

  get #hasPlace(): boolean {
    return this.#running < this.#limit.current;
  }

  /** Whether its share lets one more of a client's run, where there is a place. */
  #mayRun(client: Client): boolean {
    return client.running < this.#share;
  }

  #run(visit: Visit): undefined {
    this.#texts.hold(visit.client.source, visit.bytes);
    this.#begin(visit);
  }

  #begin(visit: Visit): void {
    this.#running += 1;
    visit.client.running += 1;
    visit.isRunning = true;
    visit.begunAt = this.#limit.begin(this.#running);
  }

  /** One of a client's runs no longer: others do. */
  #stop(client: Client): void {
    this.#running -= 1;
    client.running -= 1;
    this.#runNext(client);
  }

  /** What may run of what waits does. @param client that may run more of it than before */
  #runNext(client: Client): void {
    this.#setReady(client);
    while (this.#hasPlace) {
      const next = this.#queue.next();
      if (!next) return;
      if (this.#mayRun(next.client)) this.#dequeue(next, this.#run(next));
      this.#setReady(next.client);
    }
  }

  #setReady(client: Client): void {
    this.#queue.setReady(client, client.waiting.size > 0 && this.#mayRun(client));
  }

  /** How many operations of a client may run at once; under pressure, when few run in all, half of them at most. */
  get #share(): number {
    const { clientInFlight, clientShare } = this.#options.limits;
    if (this.#isAlone) return clientInFlight;
    const most = this.#pressure.isHigh ? Math.ceil(this.#limit.current / 2) : clientShare;
    return Math.min(clientInFlight, clientShare, most);
  }

  get #heavyCost(): number {
    return this.#options.costLimit * (this.#isAlone ? ALONE : 1);
  }

  get #isAlone(): boolean {
    return this.#clients.size <= 1 && !this.#others.arePresent;
  }

  #dequeue(visit: Visit, refused: Refused | undefined): void {
    const { client } = visit;
    this.#queue.remove(visit);
    this.#texts.hold(client.source, -visit.bytes);
    visit.settle(refused);
  }

  #endArriving(visit: Visit): void {
    this.#arriving.hold(visit.client.source, -visit.arriving);
    visit.arriving = 0;
  }

  /** A loop that lags is given nothing more to do by those who have already given it much. */
  #isLagging({ running, waiting }: Client): boolean {
    const { limits, lagMs } = this.#options;
    const isMuch =
      running + waiting.size >= limits.clientInFlight * LAGGING_CLIENT ||
      (running > 0 && this.#running >= limits.inFlight * LAGGING);
    return isMuch && lagMs() > LAG_MS;
  }

  #refuse(client: Client, reason: Shed): Refused {
    this.#shed[reason] += 1;
    if (reason === 'client') return tooMany;
    this.#pressure.refused(client.source);
    return overloaded;
  }
}
