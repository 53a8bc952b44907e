import type { SQL } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Sqlite } from './connect.ts';

/** Prepared statements kept; more than a service's queries with all their filters have texts. */
const MAX_STATEMENTS = 256;

const dialect = new SQLiteSyncDialect();

/** Runs queries that drizzle has described; each text is prepared once, as long as it is among the latest. */
export function createSelect({ client }: Sqlite) {
  const prepare = (text: string) => client.prepare<unknown[], object>(text);
  const statements = new Map<string, ReturnType<typeof prepare>>();

  function statementOf(text: string) {
    const known = statements.get(text);
    if (known) return known;
    const [oldest] = statements.keys();
    if (oldest !== undefined && statements.size >= MAX_STATEMENTS) statements.delete(oldest);
    const prepared = prepare(text);
    statements.set(text, prepared);
    return prepared;
  }

  return <Found extends object>(query: SQL): Found[] => {
    const { sql, params } = dialect.sqlToQuery(query);
    // The driver knows no types of rows; the text of the query says them.
    return statementOf(sql).all(...params) as Found[];
  };
}
