import type { Clock } from '../clock.ts';

export interface SamplingLimits {
  /** Lines of one source in a minute. */
  readonly perSource: number;
  /** Lines of all sources in a minute. */
  readonly inAll: number;
}

const WINDOW_MS = 60_000;

/** Admits so many lines in a minute, and counts the others, so that no one who is refused again and again fills a disk. */
export class Sampling {
  readonly #limits: SamplingLimits;
  readonly #clock: Clock;
  readonly #omitted: (count: number) => void;
  readonly #bySource = new Map<string, number>();
  #admitted = 0;
  #count = 0;
  #cancel: (() => void) | undefined;

  /** @param omitted called at the end of a minute in which lines were omitted, with how many */
  constructor(limits: SamplingLimits, clock: Clock, omitted: (count: number) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#omitted = omitted;
  }

  /** Whether a line of the source is written; else it is counted. */
  admits(source: string): boolean {
    this.#cancel ??= this.#clock.after(WINDOW_MS, () => this.end());
    const ofSource = this.#bySource.get(source) ?? 0;
    if (this.#admitted >= this.#limits.inAll || ofSource >= this.#limits.perSource) {
      this.#count += 1;
      return false;
    }
    this.#bySource.set(source, ofSource + 1);
    this.#admitted += 1;
    return true;
  }

  /** Ends the minute. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const count = this.#count;
    this.#bySource.clear();
    this.#admitted = 0;
    this.#count = 0;
    if (count > 0) this.#omitted(count);
  }
}
