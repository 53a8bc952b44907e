/** Over how long what is refused and what is done are compared. */
const WINDOW_MS = 50;

/**
 * Knows whether far more comes than can be done: that more was refused than done within the last window. Then what is accepted
 * need not wait long for anything to be busy all the time. Where a little more comes than can be done, clients that come again
 * after `retry-after` are better served by a longer queue.
 */
export class Pressure {
  readonly #now: () => number;
  #since: number;
  #refused = 0;
  #done = 0;
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

  refused(): void {
    this.#judge();
    this.#refused += 1;
  }

  done(): void {
    this.#judge();
    this.#done += 1;
  }

  #judge(): void {
    const now = this.#now();
    const ms = now - this.#since;
    if (ms < WINDOW_MS) return;
    // Of a window that ended long ago nothing is known any more.
    this.#isHigh = ms < 2 * WINDOW_MS && this.#refused > this.#done;
    this.#since = now;
    this.#refused = 0;
    this.#done = 0;
  }
}
