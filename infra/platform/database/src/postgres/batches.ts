import { type OnCommit, reporter } from '../commit-report.ts';
import type { State } from '../store.ts';
import { isTransient } from '../transient.ts';
import type { Postgres } from './connect.ts';
import { isConflict, isConnectionLost, isConnectionSpent } from './errors.ts';
import type { Job, Outcome } from './job.ts';
import { createQueue } from './queue.ts';
import { type Committed, type createTransaction, NotCommittedError } from './transaction.ts';

/** How often a batch is tried that meets a conflict, or a connection that was gone before it began. */
const ATTEMPTS = 5;

export interface BatchesOptions<S extends State> {
  readonly transact: ReturnType<typeof createTransaction<S>>;
  /** Milliseconds for which a job may wait for others to share its commit; 0: to the end of this turn. */
  readonly commitDelayMs: number;
  readonly committed: (commit: Committed) => void;
  readonly onCommit?: OnCommit | undefined;
}

/**
 * Jobs share transactions: a few of those are in flight at a time, and what arrives meanwhile shares the next. When a
 * batch is refused for what one of its jobs has written, each is run in a transaction of its own.
 */
export function createBatches<S extends State>({ lanes, session }: Postgres, options: BatchesOptions<S>) {
  const { transact, committed, commitDelayMs, onCommit } = options;

  /** One try. A connection that still works is kept, whatever has failed over it. */
  async function attempt(jobs: readonly Job<S>[]): Promise<Committed> {
    const ended = await session(async (over) => {
      try {
        return { commit: await transact(over, jobs) };
      } catch (error) {
        if (isConnectionSpent(reasonOf(error))) throw error;
        return { error };
      }
    });
    if ('error' in ended) throw ended.error;
    return ended.commit;
  }

  async function commit(jobs: readonly Job<S>[]): Promise<Committed> {
    const report = reporter(onCommit, jobs);
    for (let attempts = 1; ; attempts += 1) {
      try {
        const done = await attempt(jobs);
        report(attempts);
        return done;
      } catch (error) {
        const reason = reasonOf(error);
        // A connection that is lost later may be lost after its commit.
        const isUntouched = error instanceof NotCommittedError && isConnectionLost(reason);
        if (attempts < ATTEMPTS && (isConflict(reason) || isUntouched)) continue;
        report(attempts, reason);
        throw reason;
      }
    }
  }

  async function run(jobs: readonly Job<S>[]): Promise<Outcome[]> {
    try {
      const done = await commit(jobs);
      committed(done);
      return done.outcomes;
    } catch (error) {
      // A database that is away would only be waited for again.
      if (jobs.length === 1 || isTransient(error)) return jobs.map(() => ({ error }));
    }
    const outcomes: Outcome[] = [];
    for (const job of jobs) outcomes.push(...(await run([job])));
    return outcomes;
  }

  return createQueue<Job<S>, Outcome>({ lanes, commitDelayMs, touches, abandoned, run });
}

const abandoned = <S extends State>({ signal }: Job<S>): Outcome | undefined =>
  signal?.aborted ? { error: signal.reason } : undefined;

/** The rows that a job is about: of two jobs that share one, the later waits for the earlier. */
const touches = <S extends State>({ keys }: Job<S>) =>
  Object.entries(keys).map(([table, key]) => `${table} ${key}`);

const reasonOf = (error: unknown) => (error instanceof NotCommittedError ? error.cause : error);
