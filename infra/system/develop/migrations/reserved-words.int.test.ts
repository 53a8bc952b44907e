import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createPostgresStore,
  createSqliteStore,
  int,
  key,
  openPostgres,
  openSqlite,
  type Row,
  type Store,
  table,
  text,
} from '@airline/database';
import { requires, startPostgresServer, tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { generateMigrations } from './generate.ts';
import { ROOT } from './stores.ts';

const DATABASE = JSON.stringify(join(ROOT, 'infra/platform/database/src/index.ts'));

/** Words of SQL, and names that the store's own statements give to what they select. */
const WORDS = [
  'user',
  'group',
  'select',
  'default',
  'value',
  'place',
  'page',
  'total',
  'rows',
  'wanted',
  'excluded',
];

const columns = { key: key(), table: text(), limit: int() };
const words = Object.fromEntries(WORDS.map((word) => [word, text()]));
const order = table('order', { ...columns, ...words });
const tables = { order };
type State = { order: Row<typeof order> };

const rowOf = (id: string): State['order'] => ({
  ...Object.fromEntries(WORDS.map((word) => [word, word])),
  key: id,
  table: `table ${id}`,
  limit: 1,
});

async function written() {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const migrations = join(folder.path, 'migrations');
  const generate = async (name: string, kind: string) => {
    const module = join(folder.path, `${name}.ts`);
    const more = WORDS.map((word) => `${word}: ${kind}`).join(', ');
    const source = `import { int, key, optionalText, table, text } from ${DATABASE};
      export const order = table('order', { key: key(), table: text(), limit: int(), ${more} },
        [{ on: ['group', 'key'], where: { column: 'group' } }]);`;
    writeFileSync(module, source);
    await generateMigrations({ stores: [{ name, tables: module, migrations }], name, now: new Date(0) });
  };
  await generate('tables', 'optionalText()');
  // SQLite copies the table.
  await generate('required', "text({ default: '' })");
  return { migrations, file: join(folder.path, 'words.sqlite') };
}

async function use(store: Store<State>) {
  onTestFinished(() => store.close());
  const run = (decision: { write?: State; add?: State }, keys = {}) =>
    store.transact({ keys, decide: ({ order }) => ({ ...decision, result: order }) });
  for (const id of ['a', 'b']) await run({ write: { order: rowOf(id) } });
  await run({ write: { order: rowOf('a') } }, { order: 'a' });
  await run({ add: { order: rowOf('b') } });
  const [a, b] = [rowOf('a'), { ...rowOf('b'), limit: 2 }];
  expect(await run({}, { order: 'b' })).toEqual(b);
  const { read } = store;
  const [by, values] = [
    [order.table, order.key],
    ['table a', 'table b'],
  ];
  expect(await read.selectAmong(order, order.table, values)).toEqual([a, b]);
  expect(await read.page(order, { by, after: ['table a', 'a'], limit: 2 })).toEqual([b]);
  expect([...(await read.pages(order, order.table, values, { by, limit: 2 })).values()]).toEqual([[a], [b]]);
  expect([...(await read.counts(order, order.table, values, undefined, 2)).values()]).toEqual([1, 1]);
  await store.ping();
}

const options = { tables, encode: () => '', now: () => new Date(0) };

test('words of SQL may name tables and columns on SQLite', async () => {
  const { migrations, file } = await written();
  await use(createSqliteStore<State>({ database: openSqlite({ file, migrations, tables }), ...options }));
});

test('words of SQL may name tables and columns on PostgreSQL', requires('postgres').options, async () => {
  const { migrations } = await written();
  const server = await startPostgresServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const url = await server.createDatabase();
  const database = await openPostgres({ url, service: 'words', migrations, tables });
  await use(createPostgresStore<State>({ database, ...options }));
});
