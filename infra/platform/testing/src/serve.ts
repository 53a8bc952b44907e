import {
  createPostgresStore,
  createSqliteStore,
  type Found,
  openPostgres,
  openSqlite,
  type State,
  type Tables,
} from '@airline/database';
import { createEmbeddedTransport, type Transport } from '@airline/messaging';
import { createLogger, type Logger } from '@airline/observability';
import type { Service } from '@airline/schema/events';
import { type Caller, everyone } from '@airline/service/caller';
import { onTestFinished } from 'vitest';
import type { GraphQLResponse } from './graphql-client.ts';
import { callerExtensions, identityEnv, signedRequest } from './identity.ts';
import { type Subscribe, subscriber } from './subscriber.ts';
import { tempFolder } from './temp-folder.ts';

interface Runtime {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly random: () => number;
  readonly monotonic: () => number;
  readonly logger: Logger;
  readonly transport: Transport;
  readonly onStatement: (text: string) => void;
}

/** The definition of a subgraph, which its main.ts exports. */
export interface ServedSubgraph<Config, S extends State> {
  readonly name: Service;
  readonly tables: Tables<S>;
  readonly migrations: string;
  readConfig(env: Readonly<Record<string, string>>): Config;
  start(config: Config, runtime: Runtime): Promise<{ readonly url: string; close(): Promise<void> }>;
}

export interface ServeOptions<S extends State> {
  /** The initial rows of its database, which is PostgreSQL where a variable has its URL. */
  readonly rows?: { readonly [Name in keyof S]?: readonly S[Name][] };
  /** Further variables; default a free port, a temporary folder and a silent log. */
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  /** By which reads are timed, in ms; by default they take none, so that no request is refused because the machine is busy. */
  readonly monotonic?: () => number;
}

/** What the router does on behalf of a caller. */
export interface SubgraphClient {
  ask<Data = unknown>(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<GraphQLResponse<Data>>;
  /** Subscribes over a WebSocket that all subscriptions of the test share. */
  readonly subscribe: Subscribe;
}

export interface SubgraphServer extends SubgraphClient, AsyncDisposable {
  readonly url: string;
  /** The transport of the subgraph's events. */
  readonly transport: Transport;
  /** Holds its database and its other files. */
  readonly folder: string;
  /** Its clients on behalf of another caller; by default they are `everyone`. */
  as(caller: Caller): SubgraphClient;
  /** Its SQL statements since it started, or since the last call of `selects`. */
  readonly statements: readonly string[];
  /** Its selects from its own tables meanwhile, except those that match `upkeep`. */
  selects(meanwhile: () => Promise<unknown>, upkeep?: RegExp): Promise<string[]>;
}

type Operation = Parameters<SubgraphClient['ask']>;

/** The tables of messaging, which are polled. */
const MESSAGES = /"(outbox|inbox|dead_letter|log_position)"|sqlite_/;

/** Serves one subgraph, as its process would, over the embedded transport, until the test ends. */
export async function serve<Config, S extends State>(
  subgraph: ServedSubgraph<Config, S>,
  options: ServeOptions<S> = {},
): Promise<SubgraphServer> {
  const server = await start(subgraph, options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

async function start<Config, S extends State>(
  subgraph: ServedSubgraph<Config, S>,
  { rows, env, now = () => new Date(), monotonic = () => 0 }: ServeOptions<S>,
): Promise<SubgraphServer> {
  const { name: service } = subgraph;
  const folder = await tempFolder();
  const transport = createEmbeddedTransport();
  const statements: string[] = [];
  let ids = 0;

  const url = env?.[`${service.toUpperCase()}_DB_URL`];
  if (rows) await writeRows(subgraph, rows, url ?? `${folder.path}/${service}.sqlite`, now);

  const port = `${service.toUpperCase()}_PORT`;
  const { SUBGRAPH_SECRET } = identityEnv;
  const config = subgraph.readConfig({
    DATA_DIR: folder.path,
    [port]: '0',
    LOG_LEVEL: 'silent',
    SUBGRAPH_SECRET,
    ...env,
  });
  const running = await subgraph.start(config, {
    now,
    newId: () => {
      ids += 1;
      return `01934e00-0000-7000-8000-${ids.toString(16).padStart(12, '0')}`;
    },
    random: () => 0.5,
    monotonic,
    logger: createLogger({ service, level: 'silent' }),
    transport,
    onStatement: (text) => statements.push(text),
  });

  const client = subscriber(running.url);
  const as = (caller: Caller): SubgraphClient => ({
    ask: async <Data>(...operation: Operation) =>
      (await signedRequest<Data>({ url: running.url, subgraph: service, caller }, ...operation)).body,
    subscribe: (query, variables, extensions) =>
      client.subscribe(query, variables, {
        ...callerExtensions(service, caller, { query, variables }),
        ...extensions,
      }),
  });

  return {
    ...as(everyone),
    as,
    url: running.url,
    transport,
    folder: folder.path,
    statements,
    selects: async (meanwhile, upkeep) => {
      statements.length = 0;
      await meanwhile();
      return statements.filter(
        (text) => /^\s*select/i.test(text) && !MESSAGES.test(text) && !upkeep?.test(text),
      );
    },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await running.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Adds rows to the database of a subgraph: at a URL of PostgreSQL, or in a file. */
export async function writeRows<S extends State>(
  { name: service, tables, migrations }: Pick<ServedSubgraph<unknown, S>, 'name' | 'tables' | 'migrations'>,
  rows: NonNullable<ServeOptions<S>['rows']>,
  at: string,
  now: () => Date,
): Promise<void> {
  const options = { tables, encode: () => '', now };
  const store = at.startsWith('postgres')
    ? createPostgresStore<S>({ database: await openPostgres({ url: at, service, migrations }), ...options })
    : createSqliteStore<S>({ database: openSqlite({ file: at, migrations }), ...options });
  const given = Object.entries<readonly object[] | undefined>(rows);
  const writes = given.flatMap(([name, list = []]) => list.map((row) => ({ [name]: row }) as Found<S>));
  await Promise.all(
    writes.map((each) => store.transact({ keys: {}, decide: () => ({ write: each, result: undefined }) })),
  );
  await store.close();
}
