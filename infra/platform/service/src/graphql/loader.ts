import type { AnyColumn, Reader, Row, Table } from '@airline/database';
import DataLoader from 'dataloader';
import { and, inArray, type SQL } from 'drizzle-orm';

export interface LoaderOptions<T extends Table> {
  readonly read: Reader;
  readonly table: T;
  readonly column: AnyColumn;
  readonly keyOf: (row: Row<T>) => string;
  readonly where?: SQL;
}

async function rowsOf<T extends Table>(options: LoaderOptions<T>, values: readonly string[]) {
  const { read, table, column, keyOf, where } = options;
  const rows = await read.select(table, and(inArray(column, [...values]), where) as SQL);
  return Map.groupBy(rows, keyOf);
}

/** For one request: rows by a unique column, all that are asked for at once in one statement. */
export function createLoader<T extends Table>(options: LoaderOptions<T>) {
  return new DataLoader<string, Row<T> | undefined>(async (values) => {
    const rows = await rowsOf(options, values);
    return values.map((value) => rows.get(value)?.[0]);
  });
}

/** Keys of one statement at most. */
const FRESH_BATCH = 500;

/** For a whole process: rows as they are now; all that are asked for in one turn of the event loop are one statement. */
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
