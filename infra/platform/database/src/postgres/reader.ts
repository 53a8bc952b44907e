import { and, asc, desc, gt, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import type { PageQuery, Reader } from '../store.ts';
import { type AnyColumn, keyOf, propertyOf, type Row, type Table } from '../table.ts';
import type { Postgres } from './connect.ts';
import { selection } from './rows.ts';
import { rendered } from './statement.ts';

/** Conditions are over the columns of SQLite's tables, which have the same names here. */
export function createReader({ query }: Postgres): Reader {
  const run = async <R extends object>(text: SQL) => {
    const { statement, values } = rendered(text);
    return await query<R>(statement, values);
  };
  const from = (table: Table) => sql`from ${sql.identifier(getTableConfig(table).name)}`;
  const having = (where: SQL | undefined) => (where ? sql` where ${where}` : sql``);
  const rowsOf = (table: Table) => sql`select ${sql.raw(selection(table))} ${from(table)}`;

  const page = (table: Table, query: PageQuery, of?: SQL) => {
    const { where, after, before, limit, backwards, by: key = keyOf(table) } = query;
    const within = and(of, where, after ? gt(key, after) : undefined, before ? lt(key, before) : undefined);
    const order = backwards ? desc(key) : asc(key);
    return sql`${rowsOf(table)}${having(within)} order by ${order} limit ${limit}`;
  };
  const ascending = <R>(rows: R[], backwards = false) => (backwards ? rows.reverse() : rows);

  return {
    select: async <T extends Table>(table: T, where: SQL) =>
      await run<Row<T>>(sql`${rowsOf(table)}${having(where)}`),

    page: async <T extends Table>(table: T, query: PageQuery) =>
      ascending(await run<Row<T>>(page(table, query)), query.backwards),

    pages: async <T extends Table>(
      table: T,
      column: AnyColumn,
      values: readonly string[],
      query: PageQuery,
    ) => {
      const name = propertyOf(table, column);
      const found = new Map<string, Row<T>[]>(values.map((value) => [value, []]));
      const part = page(table, query, sql`${column} = wanted.value`);
      // The same text for any number of values, so that it is prepared once.
      const wanted = sql`unnest(${sql.param([...found.keys()])}::text[]) with ordinality as wanted (value, place)`;
      const rows = await run<Row<T>>(
        sql`select page.* from ${wanted} cross join lateral (${part}) as page order by wanted.place`,
      );
      for (const row of rows) found.get(String((row as Record<string, unknown>)[name]))?.push(row);
      for (const part of found.values()) ascending(part, query.backwards);
      return found;
    },

    count: async (table, where) => {
      const [row] = await run<{ total: number }>(
        sql`select count(*) as total ${from(table)}${having(where)}`,
      );
      return row?.total ?? 0;
    },

    counts: async (table, column, values, where) => {
      const within = and(inArray(column, [...values]), where);
      const rows = await run<{ value: string; total: number }>(
        sql`select ${column} as value, count(*) as total ${from(table)}${having(within)} group by ${column}`,
      );
      return new Map(rows.map(({ value, total }) => [String(value), total]));
    },
  };
}
