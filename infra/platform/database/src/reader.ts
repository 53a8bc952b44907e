import { and, asc, desc, eq, getTableName, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { PageQuery, Place, Reader } from './store.ts';
import {
  type AnyColumn,
  fieldOf,
  identifier,
  keyOf,
  propertyOf,
  type Row,
  selection,
  type Table,
} from './table.ts';

/** What differs between the databases for a reader. Texts do not depend on the number of values: each is prepared once. */
export interface Reading {
  /** Rejects with the signal's reason once that aborts. */
  all<Found extends object>(query: SQL, signal?: AbortSignal): Promise<Found[]>;
  /** The values as a table: `wanted.value`. */
  wanted(values: readonly string[]): SQL;
  /** The condition that a column has one of the values. */
  among(column: AnyColumn, values: readonly string[]): SQL;
  /** One statement for the same page for each value. */
  pages(values: readonly string[], pages: Pages): SQL;
}

export interface Pages {
  /** A select of all rows, and one of the rows of a page, whose column has the value; both by the rows' properties. */
  readonly rows: SQL;
  readonly page: (value: SQL) => SQL;
  /** The property of the rows' key. */
  readonly key: SQL;
  /** The order of the rows of `page`. */
  readonly order: SQL;
}

const list = (terms: readonly SQLWrapper[]): SQL => sql.join([...terms], sql`, `);
const ordered = (by: readonly SQLWrapper[], backwards = false): SQL => list(by.map(backwards ? desc : asc));

/** Reads tables of either database, which have the same names in both. */
export function createReader(reading: Reading, signal?: AbortSignal): Reader {
  const { among, pages, wanted } = reading;
  const all = <Found extends object>(query: SQL) => reading.all<Found>(query, signal);
  const from = (table: Table) => sql`from ${sql.identifier(getTableName(table))}`;
  const having = (where: SQL | undefined) => (where ? sql` where ${where}` : sql``);
  const rowsOf = (table: Table) => sql`select ${sql.raw(selection(table))} ${from(table)}`;
  const pageOf = (table: Table, query: PageQuery, of?: SQL) => {
    const { where, after, before, limit, backwards, by = [keyOf(table)] } = query;
    const beyond = (place: Place | undefined, than: SQL) =>
      place && sql`(${list(by)}) ${than} (${list(place.map((value) => sql`${value}`))})`;
    // SQLite reads from the first bound of a column, and of a later page the cursor is the closer one.
    const within = and(of, beyond(after, sql`>`), beyond(before, sql`<`), where);
    return sql`${rowsOf(table)}${having(within)} order by ${ordered(by, backwards)} limit ${limit}`;
  };
  const countOf = (table: Table, where: SQL | undefined) =>
    sql`select count(*) as total ${from(table)}${having(where)}`;
  const countUpTo = (table: Table, where: SQL | undefined, most: number) =>
    sql`select count(*) from (select 1 ${from(table)}${having(where)} limit ${most}) as counted`;
  const named = (table: Table, column: AnyColumn) => sql.raw(identifier(propertyOf(table, column)));
  const ascending = <R>(rows: R[], backwards = false) => (backwards ? rows.reverse() : rows);

  return {
    select: (table, where) => all(sql`${rowsOf(table)}${having(where)}`),

    selectAmong: (table, column, values, where) =>
      all(sql`${rowsOf(table)}${having(and(among(column, values), where))}`),

    page: async (table, query) => ascending(await all(pageOf(table, query)), query.backwards),

    pages: async <T extends Table>(
      table: T,
      column: AnyColumn,
      values: readonly string[],
      query: PageQuery<AnyColumn>,
    ) => {
      const property = propertyOf(table, column);
      const found = new Map<string, Row<T>[]>(values.map((value) => [value, []]));
      if (found.size === 0) return found;
      const by = (query.by ?? [keyOf(table)]).map((column) => sql`page.${named(table, column)}`);
      const statement = pages([...found.keys()], {
        rows: rowsOf(table),
        page: (value) => pageOf(table, query, eq(column, value)),
        key: named(table, keyOf(table)),
        order: ordered(by, query.backwards),
      });
      for (const row of await all<Row<T>>(statement)) found.get(String(fieldOf(row, property)))?.push(row);
      for (const page of found.values()) ascending(page, query.backwards);
      return found;
    },

    count: async (table, where, most) => {
      const counted =
        most === undefined ? countOf(table, where) : sql`select (${countUpTo(table, where, most)}) as total`;
      const [row] = await all<{ total: number }>(counted);
      return row?.total ?? 0;
    },

    counts: async (table, column, values, where, most) => {
      const upTo = (most: number) => {
        const ofValue = and(eq(column, sql`wanted.value`), where);
        return sql`select wanted.value as value, (${countUpTo(table, ofValue, most)}) as total from ${wanted(values)}`;
      };
      const counted =
        most === undefined
          ? sql`select ${column} as value, count(*) as total ${from(table)}${having(and(among(column, values), where))} group by ${column}`
          : upTo(most);
      const rows = await all<{ value: string; total: number }>(counted);
      return new Map(rows.filter(({ total }) => total > 0).map(({ value, total }) => [String(value), total]));
    },

    within: (signal) => createReader(reading, signal),
  };
}
