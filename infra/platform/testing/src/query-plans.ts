import { createSqliteStore, openSqlite, type Reader, type State, type Tables } from '@airline/database';

/** What of a subgraph its database needs. */
interface Stored<S extends State> {
  readonly tables: Tables<S>;
  /** The folder of its migrations. */
  readonly migrations: string;
}

/**
 * How SQLite runs what a function reads of an empty database: for each select, the steps of its query plan on tables or
 * indices that a pattern matches, such as `SEARCH flight USING INDEX …`.
 */
export async function queryPlans<S extends State>(
  { tables, migrations }: Stored<S>,
  on: RegExp,
  read: (reader: Reader) => Promise<unknown>,
): Promise<string[][]> {
  const statements: string[] = [];
  const database = openSqlite({ file: ':memory:', migrations, onStatement: (text) => statements.push(text) });
  const store = createSqliteStore({ database, tables, encode: () => '', now: () => new Date(0) });
  try {
    statements.length = 0;
    await read(store.read);
    const selects = statements.filter((text) => text.startsWith('select'));
    return selects.map((text) =>
      database.client
        .prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
        .all()
        .map(({ detail }) => detail)
        .filter((detail) => on.test(detail)),
    );
  } finally {
    await store.close();
  }
}
