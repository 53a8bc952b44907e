import { createSchedule } from '../schedule.ts';

/** Jobs that share one commit at most: enough to spread its cost, few enough that none waits long. */
const MAX_BATCH = 500;

export interface QueueOptions<Job, Outcome> {
  /** Batches that may run at once. */
  readonly lanes: number;
  /** Milliseconds for which a job may wait for others to join it; 0: to the end of this turn. */
  readonly commitDelayMs: number;
  /** What a job needs to itself. */
  readonly touches: (job: Job) => readonly string[];
  /** The outcome of a job that waits for nobody any more, and so is not run. */
  readonly abandoned?: (job: Job) => Outcome | undefined;
  /** Runs a batch in order; never rejects. */
  readonly run: (jobs: readonly Job[]) => Promise<Outcome[]>;
}

interface Waiting<Job, Outcome> {
  readonly job: Job;
  readonly touched: readonly string[];
  readonly settle: (outcome: Outcome) => void;
}

/**
 * Forms batches of what waits: as many as there are lanes, and no two of which touch the same, so that they never
 * wait for each other in the database. Jobs that touch the same run in the order in which they came.
 */
export function createQueue<Job, Outcome>({
  lanes,
  commitDelayMs,
  touches,
  abandoned = () => undefined,
  run,
}: QueueOptions<Job, Outcome>) {
  let waiting: Waiting<Job, Outcome>[] = [];
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  let isClosed = false;

  /** The next batch: jobs that need not wait for one that runs, nor for what waits for that. */
  function take(): Waiting<Job, Outcome>[] {
    const taken: Waiting<Job, Outcome>[] = [];
    const left: Waiting<Job, Outcome>[] = [];
    const blocked = new Set(busy);
    for (const entry of waiting) {
      const outcome = abandoned(entry.job);
      if (outcome !== undefined) entry.settle(outcome);
      else if (taken.length < MAX_BATCH && !entry.touched.some((name) => blocked.has(name)))
        taken.push(entry);
      else {
        left.push(entry);
        for (const name of entry.touched) blocked.add(name);
      }
    }
    waiting = left;
    return taken;
  }

  async function runBatch(batch: readonly Waiting<Job, Outcome>[]): Promise<void> {
    const touched = new Set(batch.flatMap((entry) => entry.touched));
    for (const name of touched) busy.add(name);
    const outcomes = await run(batch.map(({ job }) => job));
    for (const name of touched) busy.delete(name);
    for (const [index, outcome] of outcomes.entries()) batch[index]?.settle(outcome);
  }

  function flush(): void {
    schedule.cancel();
    while (running.size < lanes && waiting.length > 0) {
      const batch = take();
      if (batch.length === 0) return;
      const lane = runBatch(batch).finally(() => {
        running.delete(lane);
        flush();
      });
      running.add(lane);
    }
  }

  const schedule = createSchedule(flush);

  return {
    submit: (job: Job): Promise<Outcome> => {
      if (isClosed) return Promise.reject(new Error('The store is closed.'));
      return new Promise((settle) => {
        waiting.push({ job, touched: touches(job), settle });
        if (running.size < lanes) schedule.plan(waiting.length < MAX_BATCH ? commitDelayMs : 0);
      });
    },
    /** Takes no more, and runs what waits. */
    close: async () => {
      isClosed = true;
      flush();
      while (running.size > 0) await Promise.race(running);
    },
  };
}
