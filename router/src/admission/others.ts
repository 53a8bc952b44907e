/** For how long a client counts that has sent nothing more. */
const PRESENT_MS = 10_000;

/** Knows whether several clients have sent something of late: if not, there is nobody from whom one could take anything. */
export class Others {
  readonly #now: () => number;
  #last: string | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** When a client other than the last has sent something. */
  #otherAt = Number.NEGATIVE_INFINITY;

  /** @param now in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A client sends something. */
  see(source: string): void {
    if (source !== this.#last) this.#otherAt = this.#lastAt;
    this.#last = source;
    this.#lastAt = this.#now();
  }

  get arePresent(): boolean {
    return this.#now() - this.#otherAt < PRESENT_MS;
  }
}
