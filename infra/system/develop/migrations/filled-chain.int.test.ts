import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPostgresStore, createSqliteStore, openPostgres, openSqlite } from '@airline/database';
import { type PostgresServer, requires, startPostgresServer, tempFolder } from '@airline/testing';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type TestDatabase, updateFilled } from './filled-chain.fixture.ts';
import { generateMigrations } from './generate.ts';
import { ROOT, type StoreFolder, stores } from './stores.ts';

const DATABASE = JSON.stringify(join(ROOT, 'infra/platform/database/src/index.ts'));

const store = { tables: {}, encode: () => '', now: () => new Date(0) };
const placeholders = (values: object, of: (index: number) => string) =>
  Object.keys(values)
    .map((_, index) => of(index))
    .join(', ');
const names = (values: object) =>
  Object.keys(values)
    .map((name) => `"${name}"`)
    .join(', ');

async function folder(): Promise<string> {
  const temporary = await tempFolder();
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  return temporary.path;
}

describe('on SQLite', () => {
  updates(async () => {
    const file = join(await folder(), 'filled.sqlite');
    return {
      dialect: 'sqlite',
      use: async (migrations, work) => {
        const database = openSqlite({ file, migrations });
        const insert = async (table: string, values: object) =>
          database.client
            .prepare(`insert into "${table}" (${names(values)}) values (${placeholders(values, () => '?')})`)
            .run(...Object.values(values));
        const open = {
          insert,
          // A store is of the tables of today.
          get read() {
            return createSqliteStore({ database, ...store }).read;
          },
        };
        return await work(open).finally(() => database.client.close());
      },
    };
  });
});

describe('on PostgreSQL', requires('postgres').options, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describe('in a schema of the service', () => updates(() => databaseOf(false)));
  describe('as a release before schemas has filled it', () => updates(() => databaseOf(true)));

  async function databaseOf(isEarlier: boolean): Promise<TestDatabase> {
    const url = await server.createDatabase();
    return {
      dialect: 'postgres',
      use: async (migrations, work) => {
        if (isEarlier) await migrateAsEarlier(url, join(migrations, 'postgres'));
        const database = await openPostgres({ url, service: 'filled', migrations });
        const { read, close } = createPostgresStore({ database, ...store });
        const insert = (table: string, values: object) => {
          const places = placeholders(values, (index) => `$${index + 1}`);
          return database.query(
            { text: `insert into "${table}" (${names(values)}) values (${places})` },
            Object.values(values),
          );
        };
        return await work({ insert, read }).finally(close);
      },
    };
  }
});

/** Brings a database up to date as the release before schemas did. */
async function migrateAsEarlier(url: string, migrationsFolder: string): Promise<void> {
  const database = drizzle(url);
  await migrate(database, { migrationsFolder }).finally(() => database.$client.end());
}

/** A filled database of the release before is updated, for each store, and for chains that are known to be good or bad. */
function updates(open: () => Promise<TestDatabase>) {
  test.each(stores.map((each) => [each.name, each] as const))('%s keeps its rows', async (_, each) => {
    await updateFilled(each, await open(), await folder());
  });

  const OLD = 'id: key(), name: text(), row: int(), note: optionalText()';

  /** A store of two releases, of which the second's migration is generated. */
  async function generated(columns: string, destructive = false): Promise<StoreFolder> {
    const path = await folder();
    const describe = (version: number, columns: string): StoreFolder => {
      const tables = join(path, `tables-${version}.ts`);
      const source = `import { int, key, optionalText, table, text } from ${DATABASE};
        export const seat = table('seat', { ${columns} }, [{ on: ['row'] }]);`;
      writeFileSync(tables, source);
      return { name: 'seats', tables, migrations: join(path, 'migrations') };
    };
    const now = new Date(0);
    await generateMigrations({ stores: [describe(1, OLD)], name: 'tables', now });
    const second = describe(2, columns);
    await generateMigrations({ stores: [second], name: 'second', destructive, now });
    return second;
  }

  test.each([
    [
      'adds columns',
      `${OLD}, class: text({ default: 'ECONOMY' }), legs: int({ default: 1 }), more: optionalText()`,
    ],
    [
      'makes a column optional while it adds one',
      `${OLD.replace(', note', ", class: text({ default: 'ECONOMY' }), note").replace('name: text()', 'name: optionalText()')}`,
    ],
    ['requires a column and gives it a default', OLD.replace('optionalText()', `text({ default: 'none' })`)],
    ['drops a column', 'id: key(), name: text(), row: int()'],
    ['changes a type', OLD.replace('int()', 'text()')],
  ])('a generated migration that %s keeps the rows', async (_, columns) => {
    await updateFilled(await generated(columns, true), await open(), await folder());
  });

  /** The same store, whose second migration is written by hand. */
  async function handwritten(sql: string, columns: string): Promise<StoreFolder> {
    const second = await generated(columns, true);
    for (const dialect of ['sqlite', 'postgres']) {
      writeFileSync(join(second.migrations, dialect, '0001_second.sql'), sql);
    }
    return second;
  }

  test('a migration may overwrite the values that it declares', async () => {
    const sql = `-- destructive: rewrites the values of seat.row to those of a smaller aircraft
      ALTER TABLE "seat" ADD "class" text DEFAULT 'x' NOT NULL;--> statement-breakpoint
      UPDATE "seat" SET "row" = 0;`;
    const second = await handwritten(sql, `${OLD}, class: text({ default: 'x' })`);
    await updateFilled(second, await open(), await folder());
  });

  test.each([
    [
      'adds a column that is NOT NULL without a default',
      'ALTER TABLE "seat" ADD "class" text NOT NULL;',
      /NOT NULL|null values/,
    ],
    [
      'deletes rows',
      `ALTER TABLE "seat" ADD "class" text DEFAULT 'x' NOT NULL;--> statement-breakpoint\nDELETE FROM "seat";`,
      /rows of seat/,
    ],
    [
      'deletes messages',
      `ALTER TABLE "seat" ADD "class" text DEFAULT 'x' NOT NULL;--> statement-breakpoint\nDELETE FROM "outbox";`,
      /rows of outbox/,
    ],
    [
      'overwrites values',
      `ALTER TABLE "seat" ADD "class" text DEFAULT 'x' NOT NULL;--> statement-breakpoint\nUPDATE "seat" SET "row" = 0;`,
      /ArrayContaining/,
    ],
    [
      'gives other defaults than the tables',
      `ALTER TABLE "seat" ADD "class" text DEFAULT 'y' NOT NULL;`,
      /ArrayContaining/,
    ],
    ['lacks a column', 'SELECT 1;', /class/],
  ])('a migration that %s is found', async (_, sql, fault) => {
    const second = await handwritten(sql, `${OLD}, class: text({ default: 'x' })`);
    await expect(updateFilled(second, await open(), await folder())).rejects.toThrow(fault);
  });
}
