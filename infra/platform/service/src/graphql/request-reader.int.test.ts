import { loopTurns } from '@airline/testing';
import { account, opened, openSample } from '@airline/testing/sample';
import { eq, gte } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { workLimits } from '../limits/limits.ts';
import { createConnections } from './connection.ts';
import type { PageArguments } from './page.ts';
import { requestReader } from './request-reader.ts';
import { RequestWork } from './request-work.ts';

/** One request's reader over 30 accounts of three owners; reading takes as long as the test says. */
async function reading(limits: Partial<typeof workLimits> = {}, readMs = 0) {
  const statements: string[] = [];
  const sample = openSample({ onStatement: (text) => statements.push(text) });
  onTestFinished(() => sample[Symbol.asyncDispose]());
  const { store } = sample;
  await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      store.transact({
        keys: {},
        decide: () => ({ write: { account: opened(`a${index}`, index, `o${index % 3}`) }, result: 0 }),
      }),
    ),
  );
  statements.length = 0;
  const work = new RequestWork({ ...workLimits, ...limits });
  let at = 0;
  const now = () => {
    at += readMs;
    return at;
  };
  const read = requestReader(store.read, work, now);
  const connections = createConnections({ read, table: account, by: account.id, cursorOf: ({ id }) => id });
  return { work, read, statements, connections };
}

const refused = (words: string) => ({
  message: expect.stringContaining(words),
  extensions: { code: 'RESPONSE_TOO_LARGE' },
});

test('a request reads no more rows than it may', async () => {
  const { read, statements } = await reading({ rows: 25 });
  expect(await read.page(account, { limit: 20 })).toHaveLength(20);
  await expect(read.page(account, { limit: 20 })).rejects.toMatchObject(refused('25 rows'));
  await expect(read.select(account, eq(account.id, 'a1'))).rejects.toMatchObject(refused('25 rows'));
  expect(statements).toHaveLength(2);
});

test('a request that is stopped reads nothing more', async () => {
  const { read, work, statements } = await reading();
  await read.page(account, { limit: 1 });
  work.stop('REQUEST_TIMEOUT', 'Too late.');
  await expect(read.page(account, { limit: 1 })).rejects.toThrow('Too late.');
  await expect(read.counts(account, account.owner, ['o1'])).rejects.toThrow('Too late.');
  await expect(read.selectAmong(account, account.id, ['a1'])).rejects.toThrow('Too late.');
  expect(statements).toHaveLength(1);
});

test('equal counts are one, and different ones have a limit', async () => {
  const { connections, statements } = await reading({ counts: 3 });
  const count = async (args: PageArguments, least?: number) => {
    const where = least === undefined ? undefined : gte(account.balance, least);
    const filtered = { ...args, filter: least };
    const page = await connections.all(filtered, where);
    return await page.totalCount();
  };
  expect(
    await Promise.all([count({}), count({ first: 1 }), count({ last: 2 }), count({ first: 1 })]),
  ).toEqual([30, 30, 30, 30]);
  expect(statements.filter((text) => text.includes('count('))).toHaveLength(1);
  expect(await count({}, 10)).toBe(20);
  expect(await count({}, 20)).toBe(10);
  await expect(count({}, 25)).rejects.toMatchObject(refused('3 different values of totalCount'));
});

test('a count is of no more rows than it may visit', async () => {
  const { connections } = await reading({ countedRows: 7 });
  expect(await (await connections.all({})).totalCount()).toBe(7);
  expect(await (await connections.of(account.owner, 'o1', {})).totalCount()).toBe(7);
});

test('reads that hold up all others leave them turns between', async () => {
  const { read } = await reading({ turnMs: 10, blockedMs: 1000 }, 6);
  using loop = loopTurns();
  const seen = await Promise.all(
    Array.from({ length: 10 }, async () => {
      await read.page(account, { limit: 1 });
      return loop.count();
    }),
  );
  // Two of them in each turn: 12 ms.
  expect(seen.map((turn) => turn - (seen[0] ?? 0))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
});

test('a request does not read on when it has held up others for too long', async () => {
  const { read, statements } = await reading({ blockedMs: 20 }, 15);
  await read.page(account, { limit: 1 });
  await read.page(account, { limit: 1 });
  await expect(read.page(account, { limit: 1 })).rejects.toMatchObject(refused('20 ms'));
  expect(statements).toHaveLength(2);
});
