import type { GraphResult } from '#desk/data/graph.ts';
import type { Problem } from '#desk/data/problem.ts';
import { createValue, type Value } from '../../../value.ts';

/** What was asked last: with a problem, what there was before it. */
export interface Polled<T> {
  readonly value?: T;
  /** When it was, in ms since 1970. */
  readonly at?: number;
  readonly problem?: Problem | undefined;
}

export interface PollOptions<T> {
  readonly ask: () => Promise<GraphResult<T>>;
  /** Between a response and the next request. */
  readonly everyMs: number;
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
  readonly isVisible: () => boolean;
}

export interface Poll<T> extends Value<Polled<T>> {
  /** Asks at once, such as when the page is seen again. */
  readonly again: () => void;
}

/** Asks again and again while the page is visible; never twice at the same time. */
export function createPoll<T>({ ask, everyMs, now, later, isVisible }: PollOptions<T>): Poll<T> {
  const value = createValue<Polled<T>>({});
  let isAsking = false;
  let isWanted = false;
  /** Only the latest wait asks. */
  let round = 0;

  async function run(): Promise<void> {
    if (isAsking) {
      isWanted = true;
      return;
    }
    isAsking = true;
    const { data, problem } = await ask();
    isAsking = false;
    value.set(problem ? { ...value.get(), problem } : { value: data, at: now() });
    if (isWanted) {
      isWanted = false;
      void run();
      return;
    }
    round += 1;
    const mine = round;
    later(() => {
      if (mine === round && isVisible()) void run();
    }, everyMs);
  }

  void run();
  return { ...value, again: () => void run() };
}
