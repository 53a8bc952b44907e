import { account, deposit, migrations, openSample, tables } from '@airline/testing/sample';
import { and, gte, lte, sql } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSqlite } from './connect.ts';
import { createSelect } from './select.ts';
import { createSqliteStore } from './store.ts';

/** An empty database, and how many statements it has prepared since. */
function opened() {
  const database = openSqlite({ file: ':memory:', migrations });
  onTestFinished(() => void database.client.close());
  const prepare = vi.spyOn(database.client, 'prepare');
  return { database, prepared: () => prepare.mock.calls.length };
}

test('a query is prepared once, for any values and any number of them', async () => {
  const { database, prepared } = opened();
  const { read } = createSqliteStore({ database, tables, encode: () => '', now: () => new Date(0) });
  const before = prepared();
  for (const values of [['a'], ['b', 'c', 'd']]) {
    await read.selectAmong(account, account.id, values);
    await read.pages(account, account.owner, values, { limit: 2, after: values.slice(0, 1) });
    await read.counts(account, account.owner, values);
  }
  expect(prepared() - before).toBe(3);
});

test('a later page visits no rows before its cursor, whatever else bounds them', async () => {
  const { store, database } = openSample();
  onTestFinished(store.close);
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => store.transact(deposit(id, 1))));
  let visited: unknown[] = [];
  database.client.function('visited', (id) => visited.push(id));
  const where = and(sql`visited(${account.id})`, gte(account.id, 'a'), lte(account.id, 'f'));
  for (const [page, rows] of [
    [{ after: ['d'] }, ['e', 'f']],
    [{ before: ['c'], backwards: true }, ['b', 'a']],
  ] as const) {
    visited = [];
    await store.read.page(account, { ...page, where, limit: 9 });
    expect(visited).toEqual(rows);
  }
});

test('statements are not kept without end', () => {
  const { database, prepared } = opened();
  const select = createSelect(database);
  for (let round = 1; round <= 2; round += 1) {
    for (let number = 1; number <= 257; number += 1) select(sql.raw(`select ${number} as found`));
  }
  expect(prepared()).toBe(2 * 257);
  expect(select(sql`select ${7} as found`)).toEqual([{ found: 7 }]);
});
