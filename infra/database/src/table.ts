import { type InferSelectModel, type SQL, sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  index,
  integer,
  type SQLiteColumnBuilderBase,
  type SQLiteTable,
  sqliteTable,
  text as sqliteText,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

// Two kinds of column carry everything: dates and instants are ISO 8601 text, which sorts by time in every
// database; money and counts are integers of at most 53 bits. A second dialect is a second row of builders here.

/** The column that names a row; every table has one, and it comes first. */
export const key = () => (name: string) => sqliteText(name).primaryKey();
export const text =
  <Value extends string = string>() =>
  (name: string) =>
    sqliteText(name).notNull().$type<Value>();
export const optionalText =
  <Value extends string = string>() =>
  (name: string) =>
    sqliteText(name).$type<Value>();
export const int = () => (name: string) => integer(name).notNull();

type Columns = Record<string, (name: string) => SQLiteColumnBuilderBase>;
type Built<C extends Columns> = { [Name in keyof C]: ReturnType<C[Name]> };

/** An index over columns, of all rows or of those whose `where.column` has one of the values. */
export interface Index<Column> {
  on: readonly Column[];
  where?: { column: Column; in: readonly string[] };
  unique?: boolean;
}

/** Describes a table once, in camel case; its columns are named in snake case. */
export function table<Name extends string, C extends Columns>(
  name: Name,
  columns: C,
  indexes: readonly Index<keyof C & string>[] = [],
) {
  const built = Object.fromEntries(
    Object.entries(columns).map(([column, build]) => [column, build(snakeCase(column))]),
  ) as Built<C>;
  return sqliteTable(name, built, (self) => {
    const columnsOf = self as Record<string, AnySQLiteColumn>;
    return indexes.map(({ on, where, unique }) => {
      const start = (unique ? uniqueIndex : index)([name, ...on.map(snakeCase)].join('_'));
      const [first, ...rest] = on.map((column) => columnsOf[column] as AnySQLiteColumn);
      if (!first) throw new Error(`An index of ${name} has no columns.`);
      const over = start.on(first, ...rest);
      return where ? over.where(isOneOf(columnsOf[where.column] as AnySQLiteColumn, where.in)) : over;
    });
  });
}

export type Table = SQLiteTable;
export type AnyColumn = AnySQLiteColumn;
export type Row<T extends Table> = InferSelectModel<T>;

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// Data definition takes no parameters, so the values stand in the text.
const isOneOf = (column: AnySQLiteColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
