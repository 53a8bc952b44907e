import type { Clock } from '../fan-out/index.ts';
import { OPERATOR, type Refused } from '../request.ts';

/** So many refusals of one client are sent at once in this time; the others after as long, and not all in one moment. */
const AT_ONCE = 16;
const HOLD_MS = 1_000;

/**
 * Holds back what is refused to a client for its own load, if that is much. One that tries again at once, whatever it was told,
 * would take the event loop with refusals alone; so each of its connections has one a second. What is held is bounded by the
 * connections, and what one may have without a response.
 */
export class HeldRefusals {
  readonly #after: Clock['after'];
  /** How many there were of late, by client. */
  readonly #counts = new Map<string, number>();

  constructor({ after }: Pick<Clock, 'after'>) {
    this.#after = after;
  }

  /** @returns what resolves when the refusal may be sent; undefined for at once */
  hold(source: string, { status }: Refused): Promise<void> | undefined {
    if (status !== 429 || source === OPERATOR) return undefined;
    const count = this.#counts.get(source) ?? 0;
    this.#counts.set(source, count + 1);
    if (count === 0) this.#after(HOLD_MS, () => void this.#counts.delete(source));
    if (count < AT_ONCE) return undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#after(HOLD_MS + (count % HOLD_MS), resolve);
    return promise;
  }
}
