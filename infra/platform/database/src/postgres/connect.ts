import { type ClientBase, Pool, type PoolClient, type PoolConfig, type QueryConfig, types } from 'pg';
import type { Table } from '../table.ts';
import { cancelStatement } from './cancel.ts';
import { classified, isAway, ReadOnlyError, unconnected } from './errors.ts';
import { migrate, type Place, settingsOf } from './migrate.ts';
import { refuseSharedSessions } from './pooler.ts';
import type { Statement } from './statement.ts';

/** Times in milliseconds. */
const LIMITS = {
  /** Until a connection is there, or another user releases one. */
  connect: 5000,
  /** What a statement may take in the database, and waiting for a lock in it. */
  statement: 10_000,
  lock: 8000,
  /** A process that is stopped within a transaction keeps its rows from all others no longer than this. */
  idleInTransaction: 5000,
  /** Timeout for a database that does not respond at all; above its own timeouts. */
  response: 12_000,
  /** Until a health check has its response. */
  ping: 2000,
  keepAliveDelay: 10_000,
  idleConnection: 30_000,
};

/** Transactions in flight at most; more of them share less of each commit. */
const MAX_LANES = 4;

export interface PostgresOptions {
  readonly url: string;
  /** Whose tables they are: names their schema, and this process's connections in the database's own views. */
  readonly service: string;
  /** The folder of checked-in migrations, one folder for each database; all that are missing are applied. */
  readonly migrations: string;
  /** Whose columns must be there once it is migrated, and those of the message tables; default: none is looked for. */
  readonly tables?: Readonly<Record<string, Table>> | undefined;
  /** Connections at most; default: 10. Half of them, and no more than five, serve transactions. */
  readonly poolSize?: number;
  /** Sees the text of each statement, to count them. */
  readonly onStatement?: (text: string) => void;
  /** Called for connections that broke while they were idle. */
  readonly onLost?: (error: Error) => void;
  /** Runs all that uses the database; `isAway` says of an error that nobody can use it at present. */
  readonly watch?: <Result>(
    work: () => Promise<Result>,
    isAway: (error: unknown) => boolean,
  ) => Promise<Result>;
}

export interface Session {
  /** Sends a statement behind those sent before, without waiting for them. */
  send<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Postgres {
  /** How many transactions may be in flight at once. */
  readonly lanes: number;
  /** Runs one statement on its own. It is canceled, and rejects with the signal's reason, once that aborts. */
  query<Row extends object>(
    statement: Statement,
    values?: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<Row[]>;
  /** Lends a connection; it is closed when the work fails with an error that says so. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Throws when the database does not respond soon, or takes no writes. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A standby, and a server that an operator or a full disk has set so, responds but takes no bookings. */
const WRITABLE = `select current_setting('transaction_read_only') = 'on' as "isReadOnly"`;

/** Integers have at most 53 bits here, counts too. */
const getTypeParser: typeof types.getTypeParser = (oid, format) =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format);

/** Opens a database whose commits are on its disk, and brings its tables up to date. */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const { url, service, poolSize = 10, onStatement, onLost, watch = (work) => work() } = options;
  const connectWithinMs = LIMITS.connect;
  await refuseSharedSessions({ url, service, connectWithinMs });
  const place = await migrate({ ...options, connectWithinMs });

  const { readers, writers, lanes } = createPools({ url, poolSize, service, place });
  for (const pool of [writers, readers]) pool.on('error', (error) => onLost?.(error));

  const connected = (pool: Pool) =>
    watch(() => pool.connect().catch((error: unknown) => Promise.reject(unconnected(error))), isAway);

  const sent = <Row extends object>(client: Pick<Pool | PoolClient, 'query'>, asked: QueryConfig) =>
    watch(
      () => client.query<Row>(asked).catch((error: unknown) => Promise.reject(classified(error))),
      isAway,
    );

  async function run<Row extends object>(
    client: Pick<Pool | PoolClient, 'query'>,
    { name, text }: Statement,
    values?: readonly unknown[],
  ) {
    onStatement?.(text);
    const asked = { text, ...(name && { name }), ...(values && { values: [...values] }) };
    // pg knows no types of rows; the text of the statement says them.
    return (await sent<Row>(client, asked)).rows;
  }

  async function queryWithin<Row extends object>(
    statement: Statement,
    values: readonly unknown[] | undefined,
    signal: AbortSignal,
  ): Promise<Row[]> {
    signal.throwIfAborted();
    return await lend(
      readers,
      async (client) => {
        const cancel = () => cancelStatement(client);
        signal.addEventListener('abort', cancel);
        try {
          signal.throwIfAborted();
          return await run<Row>(client, statement, values);
        } catch (error) {
          throw signal.aborted ? signal.reason : error;
        } finally {
          signal.removeEventListener('abort', cancel);
        }
      },
      // What cancels may arrive after the statement has ended.
      () => signal.aborted,
    );
  }

  /** Lends a connection of a pool, which is closed then if it is spent: by default, when the work has failed. */
  async function lend<Result>(
    pool: Pool,
    work: (client: PoolClient) => Promise<Result>,
    isSpent = (hasFailed: boolean) => hasFailed,
  ): Promise<Result> {
    const client = await connected(pool);
    // A connection that breaks also fails what was asked over it, which is where it is dealt with.
    const ignore = () => {};
    client.on('error', ignore);
    let hasFailed = true;
    try {
      const result = await work(client);
      hasFailed = false;
      return result;
    } finally {
      client.off('error', ignore);
      client.release(isSpent(hasFailed));
    }
  }

  return {
    lanes,
    query: (statement, values, signal) =>
      signal ? queryWithin(statement, values, signal) : run(readers, statement, values),
    session: (work) =>
      lend(writers, (client) => work({ send: (statement, values) => run(client, statement, values) })),
    ping: () =>
      lend(readers, async (client) => {
        const asked = { text: WRITABLE, query_timeout: LIMITS.ping };
        const { rows } = await sent<{ isReadOnly: boolean }>(client, asked);
        if (rows[0]?.isReadOnly) throw new ReadOnlyError();
      }),
    close: async () => {
      await Promise.all([writers.end(), readers.end()]);
    },
  };
}

interface PoolOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly service: string;
  readonly place: Place;
}

/** One pool for transactions, whose statements are sent in a pipeline, and one for reading. */
function createPools({ url, poolSize, service, place }: PoolOptions) {
  const shared: PoolConfig = {
    connectionString: url,
    application_name: `airline ${service}`,
    connectionTimeoutMillis: LIMITS.connect,
    query_timeout: LIMITS.response,
    idleTimeoutMillis: LIMITS.idleConnection,
    keepAlive: true,
    keepAliveInitialDelayMillis: LIMITS.keepAliveDelay,
    types: { getTypeParser },
  };
  const writing = Math.max(2, Math.min(MAX_LANES + 1, Math.floor(poolSize / 2)));
  // By statements: as parameters of the connection, poolers refuse them.
  const session = `set statement_timeout = ${LIMITS.statement}; set lock_timeout = ${LIMITS.lock};
    set idle_in_transaction_session_timeout = ${LIMITS.idleInTransaction}; ${settingsOf(place)}`;
  // A connection that cannot be set so is not used.
  const set = (settings: string) => (client: ClientBase) => client.query(settings).then(() => {});
  // Plans are kept for the life of a connection, also those made while a table was empty and reading all of it looked cheapest.
  const onWriter = set(`${session}; set enable_seqscan = off`);
  const writers = new Pool({ ...shared, max: writing, pipeline: true, onConnect: onWriter });
  const readers = new Pool({ ...shared, max: Math.max(1, poolSize - writing), onConnect: set(session) });
  return { writers, readers, lanes: writing - 1 };
}
