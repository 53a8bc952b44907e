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
import { getTableColumns, getTableName } from 'drizzle-orm';

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

/** Rows of one statement of PostgreSQL, which has a few seconds. */
const BATCH = 5_000;

const options = { encode: () => '', now: () => new Date(0) };

/** A database of a subgraph with these rows of one table; default: SQLite, in memory. */
export const fill = <S extends State, Name extends keyof S & string>(
  subgraph: Stored<S>,
  table: Name,
  rows: readonly S[Name][],
  url?: string,
): Promise<Filled> =>
  url === undefined ? fillSqlite(subgraph, table, rows) : fillPostgres(subgraph, url, table, rows);

/** The table's name in a database, and those of its columns by the names that rows have. */
function namesIn<S extends State>({ tables }: Stored<S>, table: keyof S & string) {
  const columns = Object.entries(getTableColumns(tables[table]));
  return {
    name: getTableName(tables[table]),
    columns: new Map(columns.map(([key, { name }]) => [key, name])),
  };
}

async function fillSqlite<S extends State, Name extends keyof S & string>(
  subgraph: Stored<S>,
  table: Name,
  rows: readonly S[Name][],
): Promise<Filled> {
  const { tables, migrations } = subgraph;
  const statements: string[] = [];
  const database = openSqlite({ file: ':memory:', migrations, onStatement: (text) => statements.push(text) });
  const store = createSqliteStore<S>({ database, tables, ...options });
  const { name, columns } = namesIn(subgraph, table);
  const insert = database.client.prepare(
    `insert into ${name} (${[...columns.values()].join()}) values (${[...columns.keys()].map((key) => `@${key}`).join()})`,
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

async function fillPostgres<S extends State, Name extends keyof S & string>(
  subgraph: Stored<S>,
  url: string,
  table: Name,
  rows: readonly S[Name][],
): Promise<Filled> {
  const { name: service, tables, migrations } = subgraph;
  const database = await openPostgres({ url, service, migrations });
  const queries: { readonly text: string; readonly values: readonly unknown[] | undefined }[] = [];
  const query: typeof database.query = (statement, values, signal) => {
    queries.push({ text: statement.text, values });
    return database.query(statement, values, signal);
  };
  const store = createPostgresStore<S>({ database: { ...database, query }, tables, ...options });
  const { name, columns } = namesIn(subgraph, table);
  const fill = `insert into ${name} select (json_populate_record(null::${name}, value)).* from json_array_elements($1::json)`;
  const named = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [columns.get(key), value])),
  );
  for (let start = 0; start < rows.length; start += BATCH)
    await database.query({ text: fill }, [JSON.stringify(named.slice(start, start + BATCH))]);
  await database.query({ text: `analyze ${name}` }, []);
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
