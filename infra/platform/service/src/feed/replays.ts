import { createFairQueue } from './fair-queue.ts';

/** Rows that all replays of a process may read in a second; what they did not read is saved up for one second. */
const ROWS_PER_SECOND = 20_000;
/** Reads of followers that are nearly live which begin in one turn of the event loop. */
const NEAR_PER_TURN = 20;

/** A follower's next page of the log. */
export interface PageRead {
  /** Whose replays share one part of the budget. */
  readonly client: string;
  /** Whether the page reaches what is live, so that this is no replay: such reads go first, and are in no budget. */
  readonly isNear: boolean;
  /** @returns how many rows it has read */
  readonly read: () => Promise<number>;
}

/** A read that waits for its turn. */
export interface Turn {
  /** Resolves once the page is read or the turn was canceled; rejects as the read does. */
  readonly done: Promise<void>;
  /** Gives the turn up, if the read has not begun. */
  cancel(): void;
}

export interface Replays {
  read(page: PageRead): Turn;
}

interface Waiting extends PageRead {
  readonly settled: PromiseWithResolvers<void>;
}

/**
 * Lets followers read the log by turns of the event loop. A synchronous database resolves in microtasks, so a follower that
 * reads page after page by itself would let nothing else run: neither what is live nor the `complete` that ends it.
 *
 * One page of one replay is read in a turn: clients take turns, and so do the replays of each client. So a client with many
 * replays delays its own, a replay delays neither live events nor followers that are nearly live, and all replays together
 * read no more than so many rows a second.
 */
export function createReplays({ rowsPerSecond = ROWS_PER_SECOND } = {}): Replays {
  const msPerRow = 1000 / rowsPerSecond;
  const near = new Set<Waiting>();
  const behind = createFairQueue<Waiting>();
  let isNearPlanned = false;
  let isBehindPlanned = false;
  /** Until when the rows that were read use up the budget. */
  let spentUntil = Number.NEGATIVE_INFINITY;

  function planNear(): void {
    if (isNearPlanned || near.size === 0) return;
    isNearPlanned = true;
    setImmediate(() => {
      isNearPlanned = false;
      for (const waiting of [...near].slice(0, NEAR_PER_TURN)) {
        near.delete(waiting);
        void run(waiting);
      }
      planNear();
    });
  }

  function planBehind(): void {
    if (isBehindPlanned || behind.isEmpty()) return;
    isBehindPlanned = true;
    const waitMs = spentUntil - performance.now();
    if (waitMs > 0) setTimeout(readBehind, waitMs);
    else setImmediate(readBehind);
  }

  async function readBehind(): Promise<void> {
    const next = behind.take();
    const rows = next ? await run(next) : 0;
    spentUntil = Math.max(spentUntil, performance.now() - 1000) + rows * msPerRow;
    isBehindPlanned = false;
    planBehind();
  }

  return {
    read: (page) => {
      const waiting = { ...page, settled: Promise.withResolvers<void>() };
      if (page.isNear) near.add(waiting);
      else behind.add(waiting);
      planNear();
      planBehind();
      return {
        done: waiting.settled.promise,
        cancel: () => {
          if (!near.delete(waiting)) behind.remove(waiting);
          waiting.settled.resolve();
        },
      };
    },
  };
}

/** @returns how many rows were read */
async function run({ read, settled }: Waiting): Promise<number> {
  try {
    const rows = await read();
    settled.resolve();
    return rows;
  } catch (error) {
    settled.reject(error);
    return 0;
  }
}
