import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isTable, messageTables, type Reader, type Table } from '@airline/database';
import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { type Column, readChain, type Snapshot, type TableShape } from './chain.ts';
import { declaresRewrite } from './hazards.ts';
import type { Dialect, StoreFolder } from './stores.ts';

type Values = Readonly<Record<string, string | number | null>>;

/** A database of one test, opened again and again. */
export interface TestDatabase {
  readonly dialect: Dialect;
  /** Brings it up to date with a folder of migrations, lends it, and closes it. */
  use<Result>(migrations: string, work: (open: OpenDatabase) => Promise<Result>): Promise<Result>;
}

export interface OpenDatabase {
  insert(table: string, values: Values): Promise<unknown>;
  readonly read: Reader;
}

/**
 * Updates a filled database of the release before: applies all migrations but the newest (or the only one), fills
 * every table, applies the rest, and expects each row to be there, and to be read through the store's tables of today.
 */
export async function updateFilled(store: StoreFolder, database: TestDatabase, temporary: string) {
  const { dialect } = database;
  const folder = join(store.migrations, dialect);
  const nothing: Snapshot = { id: '', version: '', dialect, tables: {} };
  const chain = readChain(folder, nothing);
  const before = chain.at(-2)?.after ?? chain.at(-1)?.after ?? nothing;
  const newest = chain.at(-1)?.sql ?? '';
  const released = Math.max(1, chain.length - 1);
  const rows = new Map(Object.values(before.tables).map((table) => [table.name, rowsOf(table)]));

  await database.use(startOf(store.migrations, dialect, released, temporary), async ({ insert }) => {
    for (const [table, values] of rows) for (const row of values) await insert(table, row);
  });
  await database.use(store.migrations, async ({ read }) => {
    for (const table of await tablesOf(store)) {
      const shape = Object.values(before.tables).find(({ name }) => name === getTableName(table));
      const found = await read.select(table, sql`1 = 1`);
      const expected = (rows.get(getTableName(table)) ?? []).map((row) =>
        expectedRow(table, shape, row, newest),
      );
      expect(found, `the rows of ${getTableName(table)}`).toHaveLength(expected.length);
      expect(found).toEqual(expect.arrayContaining(expected));
    }
  });
}

/** Two rows that a table takes: one with all its values, and one with no more than it must have. */
const rowsOf = ({ columns }: TableShape): Values[] =>
  [1, 2].map((number) =>
    Object.fromEntries(
      Object.values(columns)
        .filter(({ identity }) => !identity)
        .map((column) => [
          column.name,
          number === 2 && !isRequired(column) ? null : filledWith(column, number),
        ]),
    ),
  );

const isRequired = ({ notNull, primaryKey }: Column) => notNull || primaryKey;
const filledWith = ({ name, type }: Column, number: number) =>
  /int/.test(type) ? number : `${name} ${number}`;

/** A filled row as the tables of today show it: with its values, and the defaults of columns that it did not have. */
const expectedRow = (table: Table, shape: TableShape | undefined, row: Values, newest: string) =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([property, column]) => {
      const { name, notNull, default: standard = null } = column;
      const value = shape?.columns[name] ? row[name] : standard;
      if (value === null) return [property, notNull ? standard : null];
      // A change that the migration declares, to another type for instance.
      const isRewritten =
        typeof value !== column.dataType || declaresRewrite(newest, `${getTableName(table)}.${name}`);
      return [property, isRewritten ? expect.anything() : value];
    }),
  );

async function tablesOf({ tables }: StoreFolder): Promise<Table[]> {
  const exported: Record<string, unknown> = await import(pathToFileURL(tables).href);
  return Object.values({ ...exported, ...messageTables }).filter(isTable);
}

/** A folder with the first migrations of a chain. */
function startOf(migrations: string, dialect: Dialect, count: number, temporary: string): string {
  const start = join(temporary, 'released');
  cpSync(join(migrations, dialect), join(start, dialect), { recursive: true });
  const journal = join(start, dialect, 'meta/_journal.json');
  const { entries, ...rest }: { entries: unknown[] } = JSON.parse(readFileSync(journal, 'utf8'));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }));
  return start;
}
