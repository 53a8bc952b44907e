import type { Reader } from '@airline/database';
import type { RequestWork } from './request-work.ts';

/**
 * Reads for one request: within its limits, and not once it is stopped. A synchronous database holds up all others while it
 * reads, so a request that has done so for long leaves them a turn of the event loop before it reads on.
 */
export function requestReader(read: Reader, work: RequestWork, now = () => performance.now()): Reader {
  const within = read.within(work.signal);
  const { blockedMs, turnMs, countedRows } = work.limits;
  let blocked = 0;
  let sinceTurn = 0;
  let turn: Promise<void> | undefined;

  const nextTurn = () =>
    new Promise<void>((resolve) => {
      setImmediate(() => {
        turn = undefined;
        sinceTurn = 0;
        resolve();
      });
    });

  async function run<Result>(
    begin: () => Promise<Result>,
    rowsOf: (result: Result) => number,
  ): Promise<Result> {
    // Reads that wait for one turn go on one after the other, each as long as the turn is not used up.
    while (sinceTurn >= turnMs) {
      turn ??= nextTurn();
      await turn;
    }
    work.check();
    if (blocked > blockedMs) {
      work.stop(
        'RESPONSE_TOO_LARGE',
        `A request may read for at most ${blockedMs} ms: ask for less at a time.`,
      );
    }
    const begun = now();
    const reading = begin();
    const took = now() - begun;
    blocked += took;
    sinceTurn += took;
    const result = await reading;
    work.addRows(rowsOf(result));
    return result;
  }

  const lengthOf = ({ length }: readonly unknown[]) => length;

  return {
    select: (table, where) => run(() => within.select(table, where), lengthOf),
    selectAmong: (...args) => run(() => within.selectAmong(...args), lengthOf),
    page: (table, query) => run(() => within.page(table, query), lengthOf),
    pages: (...args) =>
      run(
        () => within.pages(...args),
        (pages) => pages.values().reduce((sum, { length }) => sum + length, 0),
      ),
    count: async (table, where, most = countedRows) => {
      work.addCount();
      return await run(
        () => within.count(table, where, most),
        () => 1,
      );
    },
    counts: async (table, column, values, where, most = countedRows) => {
      work.addCount();
      return await run(
        () => within.counts(table, column, values, where, most),
        ({ size }) => size,
      );
    },
    within: (signal) => read.within(AbortSignal.any([signal, work.signal])),
  };
}
