import { type OnCommit, reporter } from '../commit-report.ts';
import { createSchedule } from '../schedule.ts';
import { isTransient } from '../transient.ts';
import type { Sqlite } from './connect.ts';

/** Jobs that share one commit at most: enough to spread its cost, few enough that none waits long. */
const MAX_BATCH = 1000;

/** Settles the promise of a job whose transaction is committed. */
type Settle = () => void;

interface Job {
  readonly traceparent: string | undefined;
  run(): Settle;
  reject(error: unknown): void;
}

export interface Batches {
  /** Runs a job in the next transaction; rejects with what it throws, and then nothing of it is left. */
  submit<Result>(run: () => Result, traceparent?: string): Promise<Result>;
  /** Commits what waits. */
  drain(): void;
}

export interface BatchesOptions {
  /** Milliseconds for which a job may wait for others to share its commit; 0: to the end of this turn. */
  readonly commitDelayMs: number;
  /** Called before each attempt at a transaction. */
  readonly begin: () => void;
  readonly committed: () => void;
  readonly onCommit?: OnCommit | undefined;
}

/**
 * Jobs that arrive together share one `BEGIN IMMEDIATE … COMMIT`, and so one flush to the disk. When one of them
 * throws, all are rolled back and run again, each in a savepoint of its own, which the first attempt does without.
 */
export function createBatches(database: Sqlite, options: BatchesOptions): Batches {
  const { commitDelayMs, committed } = options;
  const commit = createCommit(database, options);
  let waiting: Job[] = [];

  function run(jobs: readonly Job[]): void {
    let settles: Settle[];
    try {
      settles = commit(jobs);
    } catch (error) {
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const settle of settles) settle();
    committed();
  }

  function flush(): void {
    schedule.cancel();
    const jobs = waiting.slice(0, MAX_BATCH);
    waiting = waiting.slice(MAX_BATCH);
    if (waiting.length > 0) schedule.plan(commitDelayMs);
    if (jobs.length > 0) run(jobs);
  }

  const schedule = createSchedule(flush);

  return {
    submit: (run, traceparent) =>
      new Promise((resolve, reject) => {
        const settling = () => {
          const result = run();
          return () => resolve(result);
        };
        waiting.push({ run: settling, reject, traceparent });
        if (commitDelayMs > 0 && waiting.length >= MAX_BATCH) flush();
        else schedule.plan(commitDelayMs);
      }),
    drain: () => {
      while (waiting.length > 0) flush();
    },
  };
}

/** Commits a batch of jobs; throws when none of it is committed. */
function createCommit({ client }: Sqlite, { begin, onCommit }: BatchesOptions) {
  const together = client.transaction((jobs: readonly Job[]) => jobs.map((job) => job.run())).immediate;
  // A transaction within a transaction is a savepoint.
  const inSavepoint = client.transaction((job: Job) => job.run());
  const apart = client.transaction((jobs: readonly Job[]) => jobs.map(tryAlone)).immediate;

  function tryAlone(job: Job): Settle {
    try {
      return inSavepoint(job);
    } catch (error) {
      // A full disk, say, concerns all of them, and SQLite may have rolled the whole transaction back.
      if (isTransient(error) || !client.inTransaction) throw error;
      return () => job.reject(error);
    }
  }

  return (jobs: readonly Job[]): Settle[] => {
    const report = reporter(onCommit, jobs);
    let attempts = 0;
    const attempt = (transaction: typeof together) => {
      attempts += 1;
      begin();
      return transaction(jobs);
    };
    try {
      const settles = attemptBoth();
      report(attempts);
      return settles;
    } catch (error) {
      report(attempts, error);
      throw error;
    }

    function attemptBoth(): Settle[] {
      try {
        return attempt(together);
      } catch (error) {
        // A database that is away would only be waited for again.
        if (jobs.length === 1 || isTransient(error)) throw error;
        return attempt(apart);
      }
    }
  };
}
