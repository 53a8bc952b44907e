import type { AnyColumn, Reader, Row, Table } from '@airline/database';
import DataLoader from 'dataloader';
import type { SQL } from 'drizzle-orm';

export interface LoaderOptions<T extends Table> {
  readonly read: Reader;
  readonly table: T;
  readonly column: AnyColumn;
  readonly keyOf: (row: Row<T>) => string;
  readonly where?: SQL | undefined;
}

async function rowsOf<T extends Table>(options: LoaderOptions<T>, values: readonly string[]) {
  const { read, table, column, keyOf, where } = options;
  const rows = await read.selectAmong(table, column, values, where);
  return Map.groupBy(rows, keyOf);
}

/** Loads rows by a unique column, for one request; loads that coincide share a statement. */
export function createLoader<T extends Table>(options: LoaderOptions<T>) {
  return new DataLoader<string, Row<T> | undefined>(async (values) => {
    const rows = await rowsOf(options, values);
    return values.map((value) => rows.get(value)?.[0]);
  });
}

/** Maximum number of keys per statement. */
const FRESH_BATCH = 500;

/** Loads current rows, without a cache, for a whole process; loads in one turn of the event loop share a statement. */
export function createFreshLoader<T extends Table>(options: LoaderOptions<T>) {
  return new DataLoader<string, Row<T> | undefined>(
    async (values) => {
      const rows = await rowsOf(options, [...new Set(values)]);
      return values.map((value) => rows.get(value)?.[0]);
    },
    { cache: false, maxBatchSize: FRESH_BATCH },
  );
}

/** As `createLoader`, for a column that many rows share. */
export function createListLoader<T extends Table>(options: LoaderOptions<T>) {
  return new DataLoader<string, Row<T>[]>(async (values) => {
    const rows = await rowsOf(options, values);
    return values.map((value) => rows.get(value) ?? []);
  });
}
