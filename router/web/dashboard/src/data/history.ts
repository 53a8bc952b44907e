import { createValue, type Value } from '../../../value.ts';
import { BookingHistoryDocument } from '../generated/graphql.ts';
import type { Graph } from './graph.ts';
import { isOfNothing, mayPass, type Problem } from './problem.ts';
import type { Store } from './store.ts';
import { type Booking, isComplete } from './timeline.ts';

export type History =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly booking: Booking }
  | { readonly phase: 'missing' }
  | { readonly phase: 'failed'; readonly problem: Problem };

export interface HistoryOptions {
  readonly id: string;
  readonly graph: Graph;
  readonly store: Store;
  readonly later: (run: () => void, ms: number) => void;
}

/** Delays of the retries, in ms: by the last one the services have recorded the last steps of a booking. */
const WAITS_MS = [100, 250, 500, 1_000, 2_000, 4_000];

/**
 * One booking's history for as long as it is shown: loaded at first, and again when the booking is
 * pushed. Steps that follow a push a moment later are loaded by a few retries; it is not polled.
 */
export function followHistory({ id, graph, store, later }: HistoryOptions): {
  state: Value<History>;
  ask(): void;
  stop(): void;
} {
  const state = createValue<History>({ phase: 'loading' });
  let isAsking = false;
  let isAgain = false;
  let isStopped = false;
  let tries = 0;
  let waiting = 0;

  async function ask(): Promise<void> {
    if (isAsking) {
      isAgain = true;
      return;
    }
    isAsking = true;
    waiting += 1;
    const { data, problem } = await graph.query(BookingHistoryDocument, { id });
    isAsking = false;
    if (isStopped) return;
    if (isAgain) {
      isAgain = false;
      return await ask();
    }
    const booking = data?.reservation;
    // What is shown stays where asking once more has failed: the next push asks again.
    if (booking) state.set({ phase: 'ready', booking });
    else if (!problem || isOfNothing(problem)) state.set({ phase: 'missing' });
    else if (state.get().phase !== 'ready') state.set({ phase: 'failed', problem });
    if (problem && !mayPass(problem)) return;
    const known = store.reservations.get(id)?.row.status;
    if (!booking || !isComplete({ ...booking, status: known ?? booking.status })) askLater();
  }

  function askLater(): void {
    const wait = WAITS_MS[tries];
    if (wait === undefined) return;
    tries += 1;
    const turn = waiting;
    later(() => {
      if (turn === waiting && !isStopped) void ask();
    }, wait);
  }

  function pushed(): void {
    tries = 0;
    void ask();
  }

  const leave = store.reservations.followRow(id, pushed);
  void ask();
  return {
    state,
    ask: pushed,
    stop() {
      isStopped = true;
      leave();
    },
  };
}
