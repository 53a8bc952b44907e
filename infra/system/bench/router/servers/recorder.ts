export interface Fetch {
  readonly url: string;
  readonly body: string;
}

/** Time without a further request after which all requests of a step have come. */
const QUIET_MS = 50;

/**
 * Which fetches a router sends for one operation, and which of them wait for others. While it records, responses are held
 * until no further request comes: what comes before the release is one step, what comes after depends on it.
 */
export class Recorder {
  #steps: Fetch[][] | undefined;
  #step: Fetch[] = [];
  #release: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#steps = [];
  }

  stop(): readonly (readonly Fetch[])[] {
    const steps = this.#steps ?? [];
    this.#steps = undefined;
    return steps;
  }

  /** Resolves when the response may be sent. */
  async receive(fetch: Fetch): Promise<void> {
    if (!this.#steps) return;
    this.#step.push(fetch);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#endStep(), QUIET_MS);
    await new Promise<void>((resolve) => this.#release.push(resolve));
  }

  #endStep(): void {
    this.#steps?.push(this.#step);
    const release = this.#release;
    this.#step = [];
    this.#release = [];
    for (const resolve of release) resolve();
  }
}
