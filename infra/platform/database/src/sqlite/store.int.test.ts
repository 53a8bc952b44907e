import { join } from 'node:path';
import { deposit, openSample } from '@airline/testing/sample';
import { describe, expect, test } from 'vitest';
import type { CommitReport } from '../commit-report.ts';
import { storeContract } from '../store.contract.ts';
import { type Open, publishThousands, seqsOf, start } from '../store-contract/harness.fixture.ts';
import { transactionContract } from '../store-contract/transactions.contract.ts';

const openWith =
  (commitDelayMs: number): Open =>
  async (place, now) => {
    let commits = 0;
    const onStatement = (text: string) => {
      if (/^commit/i.test(text)) commits += 1;
    };
    const reports: CommitReport[] = [];
    const onCommit = (report: CommitReport) => void reports.push(report);
    const file = join(place, 'sample.sqlite');
    const sample = openSample({ file, now, onStatement, commitDelayMs, onCommit });
    return {
      reports,
      store: sample.store,
      commits: () => commits,
      [Symbol.asyncDispose]: sample[Symbol.asyncDispose],
    };
  };

storeContract('SQLite', openWith(0));

test('others get their turn while a store on SQLite removes thousands', async () => {
  const { store, clock } = await start(openWith(0));
  await publishThousands(store, clock.at);
  const deleted = store.deleteExpired({ outbox: 2499, inbox: clock.at, droppedLetters: clock.at });
  const served = store.transact(deposit('a', 1)).then(() => 'served');
  expect(await Promise.race([served, deleted.then(() => 'deleted')])).toBe('served');
  await deleted;
  expect(await seqsOf(store)).toEqual([2500, 2501]);
});

describe('a store on SQLite whose work waits for more of it', () => {
  transactionContract(openWith(2));
});
