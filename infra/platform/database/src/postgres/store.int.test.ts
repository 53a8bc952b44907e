import { requires, until } from '@airline/testing';
import { account, deposit } from '@airline/testing/sample';
import { describe, expect, test } from 'vitest';
import type { CommitReport } from '../commit-report.ts';
import { storeContract } from '../store.contract.ts';
import { type Open, publishThousands, seqsOf } from '../store-contract/harness.fixture.ts';
import { transactionContract } from '../store-contract/transactions.contract.ts';
import { usePostgres } from './postgres.fixture.ts';

describe('with PostgreSQL', requires('postgres').options, () => {
  const postgres = usePostgres();
  const databases = new Map<string, Promise<string>>();

  const openWith =
    (commitDelayMs: number): Open =>
    async (place, now) => {
      const url = databases.get(place) ?? postgres.createDatabase();
      databases.set(place, url);
      let commits = 0;
      const onStatement = (text: string) => {
        if (text === 'commit') commits += 1;
      };
      const reports: CommitReport[] = [];
      const onCommit = (report: CommitReport) => void reports.push(report);
      const { store } = await postgres.open(await url, { now, commitDelayMs, onStatement, onCommit });
      return { store, reports, commits: () => commits, [Symbol.asyncDispose]: store.close };
    };

  storeContract('PostgreSQL', openWith(0));

  test('others are served while a store removes thousands, and what is removed is so batch by batch', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    const before = new Date();
    await publishThousands(store, before);
    const { database } = await postgres.open(url);
    const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = database.session(async ({ send }) => {
      await send({ text: 'begin' }, []);
      await send({ text: 'select 1 from outbox where seq = 1500 for update' }, []);
      held.resolve();
      await release.promise;
      await send({ text: 'commit' }, []);
    });
    await held.promise;
    const deleted = store.deleteExpired({ outbox: 2499, inbox: before, droppedLetters: before });
    await until('the first batch is deleted, and the second waits', async () => {
      const [row] = await postgres.query(url, 'select min(seq)::int as first from flight.outbox');
      return row?.first === 1001;
    });
    await store.transact(deposit('a', 1));
    release.resolve();
    await Promise.all([holding, deleted]);
    expect(await seqsOf(store)).toEqual([2500, 2501]);
  });

  test('a query has the same text for any number of values, so that it is prepared once', async () => {
    const texts = new Set<string>();
    const onStatement = (text: string) => void texts.add(text);
    const { read } = (await postgres.open(await postgres.createDatabase(), { onStatement })).store;
    for (const values of [['a'], ['b', 'c', 'd']]) {
      await read.selectAmong(account, account.id, values);
      await read.pages(account, account.owner, values, { limit: 2, after: values.slice(0, 1) });
      await read.counts(account, account.owner, values);
    }
    expect(texts.size).toBe(3);
  });

  describe('a store on PostgreSQL whose work waits for more of it', () => {
    transactionContract(openWith(2));
  });
});
