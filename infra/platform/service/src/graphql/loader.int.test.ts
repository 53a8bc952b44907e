import { account, opened, openSample } from '@airline/testing/sample';
import { gte } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createListLoader, createLoader } from './loader.ts';

async function accounts() {
  const statements: string[] = [];
  const sample = openSample({ onStatement: (text) => statements.push(text) });
  onTestFinished(() => sample[Symbol.asyncDispose]());
  const { store } = sample;
  const rows = [opened('a1', 1, 'ann'), opened('a2', 2, 'bob'), opened('a3', 3, 'ann')];
  await Promise.all(
    rows.map((row) =>
      store.transact({ keys: {}, decide: () => ({ write: { account: row }, result: undefined }) }),
    ),
  );
  statements.length = 0;
  return { read: store.read, rows, statements };
}

test('rows by a unique column, in the order of their keys, in one statement', async () => {
  const { read, rows, statements } = await accounts();
  const loader = createLoader({ read, table: account, column: account.id, keyOf: ({ id }) => id });
  const found = await Promise.all(['a3', 'none', 'a1', 'a3'].map((id) => loader.load(id)));
  expect(found).toEqual([rows[2], undefined, rows[0], rows[2]]);
  expect(statements).toHaveLength(1);
});

test('a row is read once per request', async () => {
  const { read, rows, statements } = await accounts();
  const loader = createLoader({ read, table: account, column: account.id, keyOf: ({ id }) => id });
  expect(await loader.load('a1')).toEqual(rows[0]);
  expect(await loader.load('a1')).toEqual(rows[0]);
  expect(statements).toHaveLength(1);
});

test('rows that do not match are not returned', async () => {
  const { read } = await accounts();
  const rich = { read, table: account, column: account.id, where: gte(account.balance, 2) };
  const loader = createLoader({ ...rich, keyOf: ({ id }) => id });
  expect(await loader.load('a1')).toBeUndefined();
  expect(await loader.load('a2')).toMatchObject({ balance: 2 });
});

test('lists by a column that many rows share, in one statement', async () => {
  const { read, rows, statements } = await accounts();
  const loader = createListLoader({
    read,
    table: account,
    column: account.owner,
    keyOf: ({ owner }) => owner,
  });
  const found = await Promise.all(['bob', 'nobody', 'ann'].map((owner) => loader.load(owner)));
  expect(found).toEqual([[rows[1]], [], [rows[0], rows[2]]]);
  expect(statements).toHaveLength(1);
});
