import { getTableColumns, type InferSelectModel, is, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type PgTable, index as pgIndex, pgTable, uniqueIndex as pgUniqueIndex } from 'drizzle-orm/pg-core';
import { type AnySQLiteColumn, index, SQLiteTable, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { checkTable } from './check-table.ts';
import type { ColumnKind } from './columns.ts';

type Columns = Record<string, ColumnKind>;
type Built<C extends Columns> = { [Name in keyof C]: ReturnType<C[Name]['sqlite']> };

/** An expression over a column, as an index has it and as the conditions and orders that the index serves do. */
export interface Expression<Column extends string = string> {
  readonly name: string;
  readonly of: Column;
  /** Data definition takes no parameters, so the text has none but the column. */
  readonly sql: (column: SQLWrapper) => SQL;
}

/** An index over columns and expressions, of all rows or of those whose `where.column` has one of the values, or any. */
export interface Index<Column extends string> {
  on: readonly (Column | Expression<Column>)[];
  where?: { column: Column; in?: readonly string[] };
  unique?: boolean;
}

/** Describes a table once, in camel case; its columns are named in snake case, and the first is its `key()`. */
export function table<Name extends string, C extends Columns>(
  name: Name,
  columns: C,
  indexes: readonly Index<keyof C & string>[] = [],
) {
  const entries = Object.entries(columns);
  const built = <Builder>(build: (kind: ColumnKind, name: string) => Builder) =>
    Object.fromEntries(entries.map(([column, kind]) => [column, build(kind, snakeCase(column))]));

  // What drizzle infers from each kind by itself is lost in the loop.
  const sqliteColumns = built((kind, column) => kind.sqlite(column)) as Built<C>;
  const described = sqliteTable(name, sqliteColumns, (self) =>
    indexesOf(name, indexes, Object.entries<AnySQLiteColumn>(self), (unique) =>
      unique ? uniqueIndex : index,
    ),
  );
  checkTable(described);
  const pgColumns = built((kind, column) => kind.postgres(column));
  const twin = pgTable(name, pgColumns, (self) =>
    indexesOf(name, indexes, Object.entries(self), (unique) => (unique ? pgUniqueIndex : pgIndex)),
  );
  pair(described, twin);
  const typed: typeof described & Accepting<Row<typeof described>> = described;
  return typed;
}

export type Table = SQLiteTable;
export type AnyColumn = AnySQLiteColumn;
export type Row<T extends Table> = InferSelectModel<T>;

/** A mark for the compiler alone: where the rows that a table gives are covariant, those that it takes are not. */
interface Accepting<R> {
  readonly $accepts?: (row: R) => void;
}

/** A table whose rows are exactly of this type. */
export type TableOf<R> = Table & { readonly $inferSelect: R } & Accepting<R>;

/** The column that names a table's rows: the first. */
export function keyOf(table: Table): AnyColumn {
  const [first] = Object.values(getTableColumns(table));
  if (!first) throw new Error('A table needs a key column.');
  return first;
}

/** The property of a row that holds a column. */
export function propertyOf(table: Table, column: AnyColumn): string {
  const entry = Object.entries(table).find(([, value]) => value === column);
  if (!entry) throw new Error(`The column ${column.name} is of another table.`);
  return entry[0];
}

/** The value of a row's property. */
export const fieldOf = (row: object, property: string): unknown => Reflect.get(row, property);

/** A select list that names columns as rows do. */
export const selection = (table: Table) =>
  Object.entries(getTableColumns(table))
    .map(([property, { name }]) => `${identifier(name)} as ${identifier(property)}`)
    .join(', ');

export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

export const isTable = (value: unknown): value is Table => is(value, SQLiteTable);

const twins = new WeakMap<Table, PgTable>();

/** Notes which table of PostgreSQL holds what this one of SQLite does. */
export function pair(sqlite: Table, postgres: PgTable): void {
  twins.set(sqlite, postgres);
}

/** The same table in PostgreSQL. */
export function postgresOf(of: Table): PgTable {
  const twin = twins.get(of);
  if (!twin) throw new Error('A table for PostgreSQL is missing: describe tables with table().');
  return twin;
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface NamedColumn extends SQLWrapper {
  readonly name: string;
}

/** The indexes of a table of either database. */
function indexesOf<Column extends NamedColumn, Built extends { where(condition: SQL): Built }>(
  table: string,
  indexes: readonly Index<string>[],
  columns: readonly (readonly [string, Column])[],
  start: (unique: boolean) => (name: string) => { on(...terms: [Column | SQL, ...(Column | SQL)[]]): Built },
): Built[] {
  const byName = new Map(columns);
  const columnOf = (name: string) => {
    const column = byName.get(name);
    if (!column) throw new Error(`The table ${table} has no column ${name}.`);
    return column;
  };
  return indexes.map(({ on, where, unique = false }) => {
    const name = [table, ...on.map((term) => snakeCase(typeof term === 'string' ? term : term.name))].join(
      '_',
    );
    const terms = on.map((term) =>
      // SQLite refuses a column that is qualified by its table here.
      typeof term === 'string' ? columnOf(term) : term.sql(sql.identifier(columnOf(term.of).name)),
    );
    const over = start(unique)(name).on(...nonEmpty(terms));
    return where ? over.where(has(columnOf(where.column), where.in)) : over;
  });
}

function nonEmpty<Term>([first, ...rest]: readonly Term[]): [Term, ...Term[]] {
  if (!first) throw new Error('An index has no columns.');
  return [first, ...rest];
}

// Data definition takes no parameters, so the values stand in the text.
const has = (column: SQLWrapper, values: readonly string[] | undefined): SQL =>
  values
    ? sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`
    : sql`${column} is not null`;
