import { bigint, customType, type PgColumnBuilderBase } from 'drizzle-orm/pg-core';
import { integer, type SQLiteColumnBuilderBase, text as sqliteText } from 'drizzle-orm/sqlite-core';

// Two kinds of value carry everything: dates and instants are ISO 8601 text, which sorts by time in every
// database; money and counts are integers of at most 53 bits. One description yields a table of either database;
// queries are written with SQLite's, and PostgreSQL's is found from it.

/** Text that PostgreSQL compares and sorts by its bytes, as SQLite does, whatever the database's own collation. */
export const pgText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
export const pgInt = (name: string) => bigint(name, { mode: 'number' });

/** The column that names a row; every table has one, and it comes first. */
export const key = () => ({
  sqlite: (name: string) => sqliteText(name).primaryKey(),
  postgres: (name: string) => pgText(name).primaryKey(),
});
export const text = <Value extends string = string>({ default: value }: Default<NoInfer<Value>> = {}) => ({
  sqlite: (name: string) => withDefault(sqliteText(name).notNull().$type<Value>(), value),
  postgres: (name: string) => withDefault(pgText(name).notNull(), value),
});
export const optionalText = <Value extends string = string>({
  default: value,
}: Default<NoInfer<Value>> = {}) => ({
  sqlite: (name: string) => withDefault(sqliteText(name).$type<Value>(), value),
  postgres: (name: string) => withDefault(pgText(name), value),
});
export const int = ({ default: value }: Default<number> = {}) => ({
  sqlite: (name: string) => withDefault(integer(name).notNull(), value),
  postgres: (name: string) => withDefault(pgInt(name).notNull(), value),
});

export const optionalInt = () => ({
  sqlite: (name: string) => integer(name),
  postgres: (name: string) => pgInt(name),
});

interface Default<Value> {
  /**
   * What rows have that were written before there was the column, and those that a replica of the release before still
   * writes. A column that is added to a table needs one unless it is optional.
   */
  readonly default?: Value;
}

const withDefault = <Value, Builder extends { default(value: Value): Builder }>(
  builder: Builder,
  value: Value | undefined,
): Builder => (value === undefined ? builder : builder.default(value));

/** A kind of column in either database. */
export interface ColumnKind {
  readonly sqlite: (name: string) => SQLiteColumnBuilderBase;
  readonly postgres: (name: string) => PgColumnBuilderBase;
}
