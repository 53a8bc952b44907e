export interface AdaptiveLimitOptions {
  /** Operations at once at most, and where it begins. */
  readonly max: number;
  /** In milliseconds. */
  readonly now: () => number;
  /** Whether far more comes than can be done. */
  readonly isPressed: () => boolean;
}

/** With fewer, a system at rest is slower; one that refuses most of what comes is slower with more. */
const MIN = 32;
const MIN_PRESSED = 2;
/** What an operation takes beside so few others says what is usual. */
const FEW = MIN;
const FEW_PRESSED = 4;
/** How often the limit is set, and how many operations it takes to judge by. */
const WINDOW_MS = 50;
const WINDOW_OPERATIONS = 10;
/** So many times as long as usual, operations wait for each other. */
const TOLERANCE = 2;
const SHRINK = 0.85;
const GROW = 0.05;
/**
 * How fast the usual time follows a shorter and a longer one. Under pressure, when few run and most of a longer time is waiting, an
 * operation counts by its duration, divided by these milliseconds: subgraphs that stay slower are soon known, though few operations end.
 */
const DOWN = 0.1;
const UP = 0.01;
const UP_PRESSED_MS = 25_000;

/**
 * Finds how many operations at once a system does without making them slower: by how long each takes, beside the usual for
 * the same work. Where that is twice as long, fewer run (by a share); where as many run as may, more (by a smaller one). As
 * TCP Vegas and Netflix's concurrency-limits have it, but for the usual time, which is of each work apart: a booking takes
 * ten times as long as a look at flights.
 */
export class AdaptiveLimit {
  readonly #options: AdaptiveLimitOptions;
  readonly #usual = new WeakMap<object, { ms: number }>();
  #limit: number;
  /** Of the current window: when it began, how often the usual time operations took in sum, and how many ran at once. */
  #since: number;
  #slowness = 0;
  #operations = 0;
  #peak = 0;
  #perMs = 0;
  /** How many ran when the last one began. */
  #running = 0;

  constructor(options: AdaptiveLimitOptions) {
    this.#options = options;
    this.#limit = options.max;
    this.#since = options.now();
  }

  get current(): number {
    return Math.floor(Math.max(this.#limit, this.#min));
  }

  get #min(): number {
    const { max, isPressed } = this.#options;
    return Math.min(max, isPressed() ? MIN_PRESSED : MIN);
  }

  /** While many are at work they wait for each other; while few are, it is the work that takes longer. */
  get #isUnloaded(): boolean {
    return this.#peak <= Math.max(this.#options.isPressed() ? FEW_PRESSED : FEW, this.current / 2);
  }

  /** How many operations end in so many ms, as it was last. */
  endedIn(ms: number): number {
    return this.#perMs * ms;
  }

  /** @returns when it began */
  begin(running: number): number {
    this.#running = running;
    if (running > this.#peak) this.#peak = running;
    return this.#options.now();
  }

  /** @param work the same object for operations that usually take as long */
  end(work: object, begunAt: number): void {
    const now = this.#options.now();
    const ms = now - begunAt;
    const usual = this.#usual.get(work);
    if (!usual) {
      this.#usual.set(work, { ms });
      return;
    }
    this.#slowness += usual.ms > 0 ? ms / usual.ms : 1;
    this.#operations += 1;
    if (ms < usual.ms) usual.ms += (ms - usual.ms) * DOWN;
    else if (this.#isUnloaded) usual.ms += (ms - usual.ms) * this.#up(ms);
    if (now - this.#since >= WINDOW_MS && this.#operations >= WINDOW_OPERATIONS) this.#adapt(now);
  }

  /** @param ms that an operation took, longer than usual */
  #up(ms: number): number {
    return this.#options.isPressed() ? Math.min(ms / UP_PRESSED_MS, DOWN) : UP;
  }

  #adapt(now: number): void {
    const isSlow = this.#slowness / this.#operations > TOLERANCE;
    if (isSlow) this.#limit = Math.max(this.#min, Math.min(this.#limit, this.#peak) * SHRINK);
    else if (this.#peak >= this.current)
      this.#limit = Math.min(this.#options.max, this.#limit * (1 + GROW) + 1);
    this.#perMs = this.#operations / (now - this.#since);
    this.#since = now;
    this.#slowness = 0;
    this.#operations = 0;
    this.#peak = this.#running;
  }
}
