import type { Reader, Store } from '@airline/database';
import { type Running, runEvery } from '@airline/messaging';
import type { Runtime } from '@airline/service';
import { and, eq, sql } from 'drizzle-orm';
import type { DashboardState } from '../domain/model.ts';
import { talliedBy, talliedEvents, withTally } from '../domain/tally.ts';
import { step } from '../store/tables.ts';

const CHECK_INTERVAL_MS = 5000;
/** Steps of one page. */
const BATCH = 500;

// The condition of the index, literally: SQLite uses a partial index only for the same constants, never for parameters.
const isDue = sql`${step.statistics} in ('DUE')`;

/** Steps of one event that the statistics do not have. */
export const duePage = (read: Reader, event: (typeof talliedEvents)[number]) =>
  read.page(step, { where: and(isDue, eq(step.event, event)), limit: BATCH });

/**
 * Counts in the statistics the steps that the release before them has stored, also while its replicas still run; returns
 * how many they were. Each is counted once, on whichever replica, and again after a crash.
 */
export async function catchUp(store: Store<DashboardState>, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (const event of talliedEvents) {
    let due: number;
    do {
      const page = await duePage(store.read, event);
      await Promise.all(
        page.map((each) =>
          store.transact({
            keys: talliedBy(each),
            decide: (known) => ({ ...withTally(known, each, {}), result: undefined }),
          }),
        ),
      );
      due = page.length;
      total += due;
    } while (due === BATCH && !signal?.aborted);
  }
  return total;
}

export interface CatchUpOptions extends Pick<Runtime, 'logger'> {
  readonly store: Store<DashboardState>;
}

/** Catches up at the start, and goes on looking. */
export function startCatchUp({ store, logger }: CatchUpOptions): Running {
  const closing = new AbortController();
  const check = async () => {
    const count = await catchUp(store, closing.signal);
    if (count > 0) logger.info({ steps: count }, 'steps of the former release counted in the statistics');
  };
  const failed = (error: unknown) => logger.warn({ err: error }, 'counting steps failed; retrying');
  const running = check()
    .catch(failed)
    .then(() => runEvery(CHECK_INTERVAL_MS, closing.signal, check, failed));
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}
