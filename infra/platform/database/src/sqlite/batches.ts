import { type OnCommit, reporter } from '../commit-report.ts';
import { isTransient } from '../transient.ts';
import type { Sqlite } from './connect.ts';

/** Jobs that share one commit at most: enough to spread its cost, few enough that none waits long. */
const MAX_BATCH = 1000;

interface Job {
  readonly traceparent: string | undefined;
  run(): unknown;
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** What came of a job in a transaction that was committed. */
type Outcome = { readonly result: unknown } | { readonly error: unknown };

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
export function createBatches({ client }: Sqlite, options: BatchesOptions): Batches {
  const { commitDelayMs, begin, committed, onCommit } = options;
  let waiting: Job[] = [];
  let scheduled: (() => void) | undefined;

  const together = client.transaction((jobs: readonly Job[]): Outcome[] =>
    jobs.map((job) => ({ result: job.run() })),
  ).immediate;
  // A transaction within a transaction is a savepoint.
  const inSavepoint = client.transaction((job: Job) => job.run());
  const apart = client.transaction((jobs: readonly Job[]) => jobs.map(tryAlone)).immediate;

  function tryAlone(job: Job): Outcome {
    try {
      return { result: inSavepoint(job) };
    } catch (error) {
      // A full disk, say, concerns all of them, and SQLite may have given up the whole transaction.
      if (isTransient(error) || !client.inTransaction) throw error;
      return { error };
    }
  }

  function commit(jobs: readonly Job[]): Outcome[] {
    const report = reporter(onCommit, jobs);
    let attempts = 1;
    try {
      const outcomes = attempt();
      report(attempts);
      return outcomes;
    } catch (error) {
      report(attempts, error);
      throw error;
    }

    function attempt(): Outcome[] {
      try {
        begin();
        return together(jobs);
      } catch (error) {
        // A database that is away would only be waited for again.
        if (jobs.length === 1 || isTransient(error)) throw error;
        attempts += 1;
        begin();
        return apart(jobs);
      }
    }
  }

  function settle(jobs: readonly Job[]): void {
    let outcomes: Outcome[];
    try {
      outcomes = commit(jobs);
    } catch (error) {
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const [index, job] of jobs.entries()) {
      const outcome = outcomes[index] as Outcome;
      if ('error' in outcome) job.reject(outcome.error);
      else job.resolve(outcome.result as never);
    }
    committed();
  }

  function flush(): void {
    scheduled?.();
    scheduled = undefined;
    const jobs = waiting.slice(0, MAX_BATCH);
    waiting = waiting.slice(MAX_BATCH);
    if (waiting.length > 0) schedule();
    if (jobs.length > 0) settle(jobs);
  }

  /** Plans a flush, and keeps how to call it off. */
  function schedule(): void {
    if (scheduled) return;
    if (commitDelayMs > 0) {
      const timer = setTimeout(flush, commitDelayMs);
      scheduled = () => clearTimeout(timer);
    } else {
      const turn = setImmediate(flush);
      scheduled = () => clearImmediate(turn);
    }
  }

  return {
    submit: (run, traceparent) =>
      new Promise((resolve, reject) => {
        waiting.push({ run, resolve, reject, traceparent });
        if (commitDelayMs > 0 && waiting.length >= MAX_BATCH) flush();
        else schedule();
      }),
    drain: () => {
      while (waiting.length > 0) flush();
    },
  };
}
