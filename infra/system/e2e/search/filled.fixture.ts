import {
  createPostgresStore,
  createSqliteStore,
  openPostgres,
  openSqlite,
  type Reader,
  type State,
  type Tables,
} from '@airline/database';
import type { Service } from '@airline/schema/events';

/** What of a subgraph its database needs. */
interface Stored<S extends State> {
  readonly name: Service;
  readonly tables: Tables<S>;
  /** The folder of its migrations. */
  readonly migrations: string;
}

export interface Filled extends AsyncDisposable {
  readonly read: Reader;
  /** The plan of each select of the subgraph's tables that a function runs, as the database words it. */
  plans(read: (reader: Reader) => Promise<unknown>): Promise<string[]>;
}

type Row = Readonly<Record<string, string | number | null>>;

/** Rows of one statement of PostgreSQL, which has a few seconds. */
const BATCH = 5_000;

const options = { encode: () => '', now: () => new Date(0) };

/** A database of a subgraph with these rows of one table, by the names of its columns; default: SQLite, in memory. */
export const fill = <S extends State>(
  subgraph: Stored<S>,
  table: string,
  rows: readonly Row[],
  url?: string,
): Promise<Filled> =>
  url === undefined ? fillSqlite(subgraph, table, rows) : fillPostgres(subgraph, url, table, rows);

async function fillSqlite<S extends State>(
  { tables, migrations }: Stored<S>,
  table: string,
  rows: readonly Row[],
): Promise<Filled> {
  const statements: string[] = [];
  const database = openSqlite({ file: ':memory:', migrations, onStatement: (text) => statements.push(text) });
  const store = createSqliteStore<S>({ database, tables, ...options });
  const names = Object.keys(rows[0] ?? {});
  const insert = database.client.prepare(
    `insert into ${table} (${names.join()}) values (${names.map((name) => `@${name}`).join()})`,
  );
  database.client.transaction(() => rows.forEach((row) => void insert.run(row)))();
  return {
    read: store.read,
    plans: async (read) => {
      statements.length = 0;
      await read(store.read);
      return statements.splice(0).map((text) =>
        database.client
          .prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
          .all()
          .map(({ detail }) => detail)
          .join('\n'),
      );
    },
    [Symbol.asyncDispose]: store.close,
  };
}

async function fillPostgres<S extends State>(
  { name, tables, migrations }: Stored<S>,
  url: string,
  table: string,
  rows: readonly Row[],
): Promise<Filled> {
  const database = await openPostgres({ url, service: name, migrations });
  const queries: { readonly text: string; readonly values: readonly unknown[] | undefined }[] = [];
  const query: typeof database.query = (statement, values, signal) => {
    queries.push({ text: statement.text, values });
    return database.query(statement, values, signal);
  };
  const store = createPostgresStore<S>({ database: { ...database, query }, tables, ...options });
  const fill = `insert into ${table} select (json_populate_record(null::${table}, value)).* from json_array_elements($1::json)`;
  for (let start = 0; start < rows.length; start += BATCH)
    await database.query({ text: fill }, [JSON.stringify(rows.slice(start, start + BATCH))]);
  await database.query({ text: `analyze ${table}` }, []);
  return {
    read: store.read,
    plans: async (read) => {
      queries.length = 0;
      await read(store.read);
      const explained = queries
        .splice(0)
        .map(({ text, values }) =>
          database.query<{ 'QUERY PLAN': string }>({ text: `explain ${text}` }, values),
        );
      return (await Promise.all(explained)).map((lines) =>
        lines.map((line) => line['QUERY PLAN']).join('\n'),
      );
    },
    [Symbol.asyncDispose]: store.close,
  };
}
