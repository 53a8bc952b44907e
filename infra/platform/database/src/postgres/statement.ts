import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

// Plain prepared statements rather than drizzle's queries: those look for their placeholders anew at each run, which
// costs as much as a small statement itself.

/** A text that never changes: each connection prepares it once, by its name. */
export interface Statement {
  /** Undefined: it is prepared anew each time. */
  readonly name?: string;
  readonly text: string;
}

/** Texts that get a name; more than a service ever has, unless their length depends on what they are asked. */
const MOST_NAMES = 256;

const names = new Map<string, string>();

/** Names a text, the same text always alike. */
export function statement(text: string): Statement {
  let name = names.get(text);
  if (name === undefined && names.size < MOST_NAMES) {
    name = `s${names.size}`;
    names.set(text, name);
  }
  return name === undefined ? { text } : { name, text };
}

const dialect = new PgDialect();

/** Writes what drizzle has described, conditions over SQLite's columns among it, for PostgreSQL. */
export function rendered(query: SQL): { statement: Statement; values: unknown[] } {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return { statement: statement(text), values: params };
}
