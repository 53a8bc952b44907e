import type { Clock } from '../clock.ts';
import type { Refused } from '../refusal.ts';
import { OPERATOR } from '../request.ts';

/** So many refusals of one client are sent at once in this time; the others after as long, one in a millisecond. */
const AT_ONCE = 16;
const HOLD_MS = 1_000;
/** Of one client are held; beyond it they are sent at once, since what is held takes memory, and a proxy's connections. */
const MOST = 128;

interface Count {
  /** Within the last moment. */
  recent: number;
  held: number;
}

/**
 * Holds back what is refused to a client for its own load, if that is much: one that tries again at once, whatever it was told,
 * would take the event loop with refusals alone.
 */
export class HeldRefusals {
  readonly #after: Clock['after'];
  readonly #counts = new Map<string, Count>();

  constructor({ after }: Pick<Clock, 'after'>) {
    this.#after = after;
  }

  /** @returns what resolves when the refusal may be sent; undefined for at once */
  hold(source: string, { status }: Pick<Refused, 'status'>): Promise<void> | undefined {
    if (status !== 429 || source === OPERATOR) return undefined;
    const count = this.#counts.get(source) ?? { recent: 0, held: 0 };
    this.#counts.set(source, count);
    count.recent += 1;
    if (count.recent === 1) {
      this.#later(source, count, HOLD_MS, () => {
        count.recent = 0;
      });
    }
    if (count.recent <= AT_ONCE || count.held >= MOST) return undefined;
    count.held += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#later(source, count, HOLD_MS + count.held, () => {
      count.held -= 1;
      resolve();
    });
    return promise;
  }

  #later(source: string, count: Count, ms: number, change: () => void): void {
    this.#after(ms, () => {
      change();
      if (count.recent === 0 && count.held === 0) this.#counts.delete(source);
    });
  }
}
