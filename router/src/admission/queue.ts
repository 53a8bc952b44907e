import type { Client, Visit } from './visit.ts';

export interface QueueOptions {
  /** Operations that wait at most, of all. */
  readonly max: number;
  /** In milliseconds. */
  readonly now: () => number;
  /** How many operations end in so many ms at present. */
  readonly endedIn: (ms: number) => number;
  /** Whether far more comes than can be done. */
  readonly isPressed: () => boolean;
}

/** A burst is over after this. A queue that stands for longer is no longer than what is done in a while, or so many. */
const BURST_MS = 100;
const STANDING = { ms: 50, operations: 32 };
const STANDING_PRESSED = { ms: 2, operations: 0 };

/** Operations that wait until they may run. Clients run in turn; those who wait for their own operations alone have no turn. */
export class Queue {
  readonly #options: QueueOptions;
  /** Clients with operations that wait. */
  readonly #clients = new Set<Client>();
  /** Those of them who may run one more; whose turn is next is first. */
  readonly #ready = new Set<Client>();
  #size = 0;
  /** Of those that wait, how many are of these; and when there were none last. */
  #pressing = 0;
  #emptyAt = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns whether one more has no room: of all, or of those that wait for others; under pressure those of its own have none either */
  isFull(isReady: boolean): boolean {
    if (this.#size >= this.#options.max) return true;
    if (!isReady && !this.#options.isPressed()) return false;
    return this.#pressing >= this.#longest();
  }

  /**
   * @returns the newest of the client that waits for most and whose turn is last, where this one waits for fewer, or where under
   * pressure more wait than there is room for
   */
  newestOfMost(client: Client, isReady: boolean): Visit | undefined {
    const hasRoom = this.#size < this.#options.max;
    let longest: Client | undefined;
    for (const each of isReady && hasRoom ? this.#ready : this.#clients)
      if (each.waiting.size >= (longest?.waiting.size ?? 0)) longest = each;
    if (!longest) return undefined;
    const isTooLong = isReady && hasRoom && this.#options.isPressed() && this.#pressing > this.#longest();
    if (!isTooLong && longest.waiting.size < client.waiting.size + 2) return undefined;
    let newest: Visit | undefined;
    for (newest of longest.waiting);
    return newest;
  }

  /** @param isReady whether its client may run one more */
  add(visit: Visit, isReady: boolean): void {
    const { client } = visit;
    this.setReady(client, isReady);
    client.waiting.add(visit);
    this.#clients.add(client);
    this.#count(client, 1);
  }

  remove(visit: Visit): void {
    const { client } = visit;
    client.waiting.delete(visit);
    this.#count(client, -1);
    if (client.waiting.size > 0) return;
    this.#clients.delete(client);
    this.#ready.delete(client);
  }

  /** Puts a client at the end of the line, or takes it out of it. */
  setReady(client: Client, isReady: boolean): void {
    if (isReady === this.#ready.has(client)) return;
    this.#press(isReady ? client.waiting.size : -client.waiting.size);
    if (isReady) this.#ready.add(client);
    else this.#ready.delete(client);
  }

  /** @returns the operation that is next; its client goes to the end of the line */
  next(): Visit | undefined {
    const [client] = this.#ready;
    if (!client) return undefined;
    this.#ready.delete(client);
    this.#ready.add(client);
    const [first] = client.waiting;
    return first;
  }

  #count(client: Client, more: number): void {
    this.#size += more;
    if (this.#ready.has(client)) this.#press(more);
  }

  #press(more: number): void {
    if (this.#pressing === 0) this.#emptyAt = this.#options.now();
    this.#pressing += more;
  }

  #longest(): number {
    const { max, now, endedIn, isPressed } = this.#options;
    const pressed = isPressed();
    if (!pressed && now() - this.#emptyAt <= BURST_MS) return max;
    const { ms, operations } = pressed ? STANDING_PRESSED : STANDING;
    return Math.min(max, Math.max(operations, Math.floor(endedIn(ms))));
  }
}
