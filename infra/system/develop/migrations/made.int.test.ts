import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from '@airline/database';
import { type PostgresServer, requires, startPostgresServer, tempFolder } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freshMigrations, shapeDifferences } from './made.ts';
import { type StoreFolder, stores } from './stores.ts';

async function folder(): Promise<string> {
  const temporary = await tempFolder();
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  return temporary.path;
}

/** What `npm run check` does on SQLite, which takes no server. */
describe('on PostgreSQL', requires('postgres').options, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** The columns and indexes that a store's migrations make, a line each. */
  async function shapeOf({ migrations }: StoreFolder): Promise<string[]> {
    const database = await openPostgres({ url: await server.createDatabase(), service: 'made', migrations });
    const text = `select concat_ws(' ', table_name || '.' || column_name, data_type, collation_name, column_default,
          is_nullable, is_identity) as line from information_schema.columns where table_schema = 'made'
        union all select indexdef from pg_indexes where schemaname = 'made'`;
    const rows = await database.query<{ line: string }>({ text }).finally(() => database.close());
    return rows.map(({ line }) => line);
  }

  const differences = async (store: StoreFolder) =>
    shapeDifferences(await shapeOf(store), await shapeOf(await freshMigrations(store, await folder())));

  test.each(stores.map((each) => [each.name, each] as const))(
    'the migrations of %s make its tables',
    async (_, store) => {
      expect(await differences(store)).toEqual([]);
    },
  );

  test('a migration that was edited is found', async () => {
    const [store] = stores;
    if (!store) throw new Error('There are no stores.');
    const edited = { ...store, migrations: await folder() };
    cpSync(store.migrations, edited.migrations, { recursive: true });
    const file = join(edited.migrations, 'postgres/0000_tables.sql');
    const sql = readFileSync(file, 'utf8');
    writeFileSync(file, sql.replace('"seat_qty" bigint', '"seat_qty" integer'));
    expect(readFileSync(file, 'utf8')).not.toBe(sql);
    expect(await differences(edited)).toEqual([
      '  + reservation.seat_qty integer NO NO',
      '  - reservation.seat_qty bigint NO NO',
    ]);
  });
});
