/** How many failures in a row, over how long at least, open the circuit, and how long it then takes to the next probe. */
export const breakerLimits = { failures: 10, spanMs: 1_000, probeMs: 1_000 };

export interface CircuitBreakerOptions {
  /** From 0 to below 1; the delay of a probe varies by it, so that replicas of the router do not probe at one moment. */
  readonly random: () => number;
  /** Called when the circuit has opened, and when it has closed. */
  readonly changed: (isOpen: boolean) => void;
}

/**
 * Refuses requests to a host that has stopped responding, but for one probe a second; any success closes the circuit again
 * (https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker). Times are in ms of one monotonic clock.
 *
 * A count alone would open on the restart of one replica of several: each of its connections fails at the same moment, and
 * new ones may be refused some hundred times before the next response of another replica. So failures must also last for
 * `spanMs` without any success between them, which happens only when no replica responds.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #failures = 0;
  #failingSince = 0;
  /** Undefined while the circuit is closed. */
  #probeAt: number | undefined;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
  }

  /** Whether a request may be sent. A probe that has no outcome delays no other: the next is due a second later. */
  admits(now: number): boolean {
    if (this.#probeAt === undefined) return true;
    if (now < this.#probeAt) return false;
    this.#probeAt = this.#probeAfter(now);
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    if (this.#probeAt === undefined) return;
    this.#probeAt = undefined;
    this.#options.changed(false);
  }

  failed(now: number): void {
    if (this.#failures === 0) this.#failingSince = now;
    this.#failures += 1;
    if (this.#probeAt !== undefined || this.#failures < breakerLimits.failures) return;
    if (now - this.#failingSince < breakerLimits.spanMs) return;
    this.#probeAt = this.#probeAfter(now);
    this.#options.changed(true);
  }

  #probeAfter(now: number): number {
    return now + breakerLimits.probeMs * (0.75 + this.#options.random() / 2);
  }
}
