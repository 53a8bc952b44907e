import { is, Param, Placeholder } from 'drizzle-orm';
import type { Sqlite } from './connect.ts';

interface Query {
  toSQL(): { sql: string; params: unknown[] };
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Prepares a query that drizzle has written, with its placeholders bound by name. Drizzle's own prepared statements
 * look for the placeholders anew at each run, which costs as much as a small statement itself.
 */
export function prepare({ client }: Sqlite, query: Query) {
  const { sql, params } = query.toSQL();
  const statement = client.prepare<unknown[], Record<string, unknown>>(sql);
  const bind = params.map((param) => {
    const placeholder = is(param, Param) ? param.value : param;
    return is(placeholder, Placeholder) ? placeholder.name : { constant: param };
  });
  const valuesOf = (values: Values) =>
    bind.map((name) => (typeof name === 'string' ? values[name] : name.constant));

  return {
    /** How many rows it changed. */
    run: (values: Values): number => statement.run(...valuesOf(values)).changes,
    /** The number that the database gave to the row it inserted. */
    insert: (values: Values): number => Number(statement.run(...valuesOf(values)).lastInsertRowid),
    /** Its first row, by the names of the columns in the database. */
    get: (values: Values) => statement.get(...valuesOf(values)),
    all: (values: Values) => statement.all(...valuesOf(values)),
  };
}
