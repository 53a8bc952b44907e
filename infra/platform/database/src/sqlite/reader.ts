import { and, asc, count, desc, eq, gt, inArray, lt, type SQL } from 'drizzle-orm';
import { type SQLiteSelect, unionAll } from 'drizzle-orm/sqlite-core';
import type { PageQuery, Reader } from '../store.ts';
import { type AnyColumn, keyOf, propertyOf, type Row, type Table } from '../table.ts';
import type { Sqlite } from './connect.ts';

export function createReader({ db }: Sqlite): Reader {
  const page = (table: Table, query: PageQuery, of?: SQL) => {
    const { where, after, before, limit, backwards, by: key = keyOf(table) } = query;
    const within = and(of, where, after ? gt(key, after) : undefined, before ? lt(key, before) : undefined);
    return db
      .select()
      .from(table)
      .where(within)
      .orderBy(backwards ? desc(key) : asc(key))
      .limit(limit);
  };
  const ascending = <R>(rows: R[], backwards = false) => (backwards ? rows.reverse() : rows);

  return {
    select: async <T extends Table>(table: T, where: SQL) =>
      db
        .select()
        .from(table as Table)
        .where(where)
        .all() as Row<T>[],

    page: async <T extends Table>(table: T, query: PageQuery) =>
      ascending(page(table, query).all() as Row<T>[], query.backwards),

    pages: async <T extends Table>(
      table: T,
      column: AnyColumn,
      values: readonly string[],
      query: PageQuery,
    ) => {
      const found = new Map<string, Row<T>[]>(values.map((value) => [value, []]));
      // A limit inside a union needs a subquery of its own.
      const parts = [...found.keys()].map((value) => {
        const part = page(table, query, eq(column, value)).as('page');
        return db.select().from(part) as unknown as SQLiteSelect;
      });
      const [first, second, ...rest] = parts;
      const rows = !first ? [] : !second ? first.all() : unionAll(first, second, ...rest).all();
      const name = propertyOf(table, column);
      for (const row of rows as unknown as Row<T>[]) {
        found.get(String((row as Record<string, unknown>)[name]))?.push(row);
      }
      for (const part of found.values()) ascending(part, query.backwards);
      return found;
    },

    count: async (table, where) => db.select({ total: count() }).from(table).where(where).get()?.total ?? 0,

    counts: async (table, column, values, where) => {
      const rows = db
        .select({ value: column, total: count() })
        .from(table)
        .where(and(inArray(column, [...values]), where))
        .groupBy(column)
        .all();
      return new Map(rows.map(({ value, total }) => [String(value), total]));
    },
  };
}
