import type { Clock } from '../fan-out/index.ts';
import type { Refused } from '../request.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import { Line } from './line.ts';
import { overloaded, tooMany } from './refusals.ts';
import { HEAVY_AT_ONCE, Visit } from './visit.ts';

export interface AdmissionLimits {
  /** Operations that run at once, of one client and of all. */
  readonly clientInFlight: number;
  readonly inFlight: number;
  /** Operations that wait for these, of all; of one client, half as many. */
  readonly queue: number;
}

export interface AdmissionOptions {
  readonly limits: AdmissionLimits;
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
/** What still runs while it does: this share of a client's operations, and of all. */
const LAGGING_CLIENT = 1 / 8;
const LAGGING = 1 / 2;
/** How long an operation waits before it is refused: by then its client has better uses of the time. */
const LONGEST_WAIT_MS = 3_000;
/** A burst is over after this. A queue that stands for longer is no longer than what is done in a while, or this. */
const BURST_MS = 100;
const STANDING_WAIT_MS = 50;
const STANDING_QUEUE = 32;
/**
 * What the texts of operations may have that wait and run, of one client and of all, in bytes: eight and 32 of the longest that
 * are allowed. What a text is parsed to takes up to twenty times as much, so all take half of a heap of 320 MB at most.
 */
const CLIENT_BYTES = 2 * 1024 * 1024;
const ALL_BYTES = 8 * 1024 * 1024;
/** A text that is no longer counts, but is not refused for what the others have. */
const SMALL_BYTES = 4 * 1024;

export interface Client {
  readonly source: string;
  /** Operations that have arrived and are not over. */
  open: number;
  running: number;
  /** Of the texts of its operations that wait and run. */
  bytes: number;
  /** The oldest first. */
  readonly waiting: Set<Visit>;
  /** Its heavy operations: subgraphs do not know clients, and others would wait there for all that one has sent. */
  readonly heavy: Line<Visit>;
}

/**
 * Bounds the operations at work. Beyond the bounds they wait, clients in turn; beyond the bound of the queue, the newest is
 * refused of the client that has the most of them. So one client's load does not reach another's. Libraries for this
 * (under-pressure, overload-protection, p-queue) know no clients.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #clients = new Map<string, Client>();
  /** Clients with operations that wait for others' alone. */
  readonly #ready = new Set<Client>();
  readonly #shed: Record<Shed, number> = { client: 0, overload: 0, lag: 0, wait: 0 };
  readonly #clientQueue: number;
  readonly #limit: AdaptiveLimit;
  #running = 0;
  #waiting = 0;
  #bytes = 0;
  /** When the queue was empty last. */
  #emptyAt = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#clientQueue = Math.ceil(options.limits.queue / 2);
    const { limits, now = () => performance.now() } = options;
    this.#limit = new AdaptiveLimit({ max: limits.inFlight, now });
  }

  /** What runs and waits at present, and how many were refused since the start. */
  get counts(): {
    readonly running: number;
    /** How many may run at present. */
    readonly limit: number;
    readonly waiting: number;
    readonly shed: Readonly<Record<Shed, number>>;
  } {
    return { running: this.#running, limit: this.#limit.current, waiting: this.#waiting, shed: this.#shed };
  }

  /**
   * An operation has arrived; its text need not be there yet.
   * @param source of its client
   * @returns why it is refused at once, if it is
   */
  enter(source: string): Visit | Refused {
    const client = this.#clients.get(source) ?? {
      source,
      open: 0,
      running: 0,
      bytes: 0,
      waiting: new Set<Visit>(),
      heavy: new Line<Visit>(HEAVY_AT_ONCE),
    };
    if (client.open >= this.#options.limits.clientInFlight + this.#clientQueue) return this.#refuse('client');
    if (this.#isLagging(client)) return this.#refuse('lag');
    if (client.open === 0) this.#clients.set(source, client);
    client.open += 1;
    return new Visit(this, client);
  }

  /**
   * @param bytes of its text
   * @returns undefined once it runs
   */
  begin(visit: Visit, bytes: number): Refused | undefined | Promise<Refused | undefined> {
    const { client } = visit;
    if (bytes > SMALL_BYTES) {
      if (client.bytes + bytes > CLIENT_BYTES) return this.#refuse('client');
      if (this.#bytes + bytes > ALL_BYTES) return this.#refuse('overload');
    }
    visit.bytes = bytes;
    const { clientInFlight } = this.#options.limits;
    if (this.#running < this.#limit.current && client.running < clientInFlight) return this.#run(visit);
    const isOwn = client.running >= clientInFlight;
    if (client.waiting.size >= this.#clientQueue) return this.#refuse(isOwn ? 'client' : 'overload');
    const { clock } = this.#options;
    if (this.#waiting === 0) this.#emptyAt = clock.now();
    while (this.#waiting >= this.#longestQueue())
      if (!this.#makeRoom(client)) return this.#refuse('overload');
    this.#waiting += 1;
    this.#hold(client, bytes);
    client.waiting.add(visit);
    if (!isOwn) this.#ready.add(client);
    const cancel = clock.after(LONGEST_WAIT_MS, () => this.#dequeue(visit, this.#refuse('wait')));
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

  finish({ client, begunAt, bytes }: Visit, work: object | undefined): void {
    this.#hold(client, -bytes);
    if (work) this.#limit.end(work, begunAt);
    this.#stop(client);
  }

  leave(visit: Visit): void {
    const { client } = visit;
    if (client.waiting.has(visit)) this.#dequeue(visit, overloaded);
    else if (client.heavy.isWaiting(visit)) {
      this.#hold(client, -visit.bytes);
      visit.settle(undefined);
    }
    this.endTurn(visit);
    client.open -= 1;
    if (client.open === 0) this.#clients.delete(client.source);
  }

  #run(visit: Visit): undefined {
    this.#hold(visit.client, visit.bytes);
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
    if (client.waiting.size > 0) this.#ready.add(client);
    for (const next of this.#ready) {
      if (this.#running >= this.#limit.current) return;
      const [first] = next.waiting;
      // To the end of the line, if it has more of them.
      this.#ready.delete(next);
      if (first) this.#dequeue(first, this.#run(first));
      if (next.waiting.size > 0 && next.running < this.#options.limits.clientInFlight) this.#ready.add(next);
    }
  }

  #dequeue(visit: Visit, refused: Refused | undefined): void {
    const { client } = visit;
    client.waiting.delete(visit);
    this.#waiting -= 1;
    this.#hold(client, -visit.bytes);
    if (client.waiting.size === 0) this.#ready.delete(client);
    visit.settle(refused);
  }

  #hold(client: Client, bytes: number): void {
    client.bytes += bytes;
    this.#bytes += bytes;
  }

  #longestQueue(): number {
    const { limits, clock } = this.#options;
    if (clock.now() - this.#emptyAt <= BURST_MS) return limits.queue;
    return Math.min(limits.queue, Math.max(STANDING_QUEUE, this.#limit.endedIn(STANDING_WAIT_MS)));
  }

  /** For a client that has fewer of them, the newest of another's that wait is refused. */
  #makeRoom(client: Client): boolean {
    let longest = client;
    for (const each of this.#clients.values()) if (each.waiting.size > longest.waiting.size) longest = each;
    const newest = [...longest.waiting].at(-1);
    if (!newest || longest.waiting.size < client.waiting.size + 2) return false;
    this.#dequeue(newest, this.#refuse('overload'));
    return true;
  }

  /** A loop that lags is given nothing more to do by those who have already given it much. */
  #isLagging({ running }: Client): boolean {
    const { limits, lagMs } = this.#options;
    const isMuch =
      running >= limits.clientInFlight * LAGGING_CLIENT ||
      (running > 0 && this.#running >= limits.inFlight * LAGGING);
    return isMuch && lagMs() > LAG_MS;
  }

  #refuse(reason: Shed): Refused {
    this.#shed[reason] += 1;
    return reason === 'client' ? tooMany : overloaded;
  }
}
