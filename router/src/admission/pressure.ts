/** Over how long, and over how many clients and operations at least, what is refused and what is done are compared. */
const WINDOW_MS = 50;
const WINDOW_COUNT = 10;
/** What was counted longer ago says nothing of the present. */
const LONGEST_MS = 1_000;

/**
 * Knows whether far more comes than can be done: that more clients were refused than operations done within the last window. Then
 * what is accepted need not wait long for anything to be busy all the time. Clients are counted, since one that sends again and
 * again is no load of others. Where a little more comes than can be done, clients that come again after `retry-after` are better
 * served by a longer queue.
 */
export class Pressure {
  readonly #now: () => number;
  readonly #refused = new Set<string>();
  #done = 0;
  #since: number;
  #isHigh = false;

  /** @param now in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  get isHigh(): boolean {
    this.#judge();
    return this.#isHigh;
  }

  /** An operation was refused for what others do. @param source of its client */
  refused(source: string): void {
    this.#judge();
    this.#refused.add(source);
  }

  /** An operation was executed. */
  done(): void {
    this.#judge();
    this.#done += 1;
  }

  #judge(): void {
    const now = this.#now();
    const ms = now - this.#since;
    const isEnough = this.#refused.size + this.#done >= WINDOW_COUNT;
    if (ms < WINDOW_MS || (!isEnough && ms < LONGEST_MS)) return;
    this.#isHigh = isEnough && ms < LONGEST_MS && this.#refused.size > this.#done;
    this.#since = now;
    this.#refused.clear();
    this.#done = 0;
  }
}
