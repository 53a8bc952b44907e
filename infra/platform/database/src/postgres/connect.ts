import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { Table } from '../table.ts';
import { untilAborted } from './cancel.ts';
import { classified, isAway, ReadOnlyError, unconnected } from './errors.ts';
import { migrate } from './migrate.ts';
import { refuseSharedSessions } from './pooler.ts';
import { createPools, LIMITS, lend } from './pools.ts';
import type { Statement } from './statement.ts';

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
      connected(readers),
      (client) => untilAborted(client, signal, () => run<Row>(client, statement, values)),
      // What cancels may arrive after the statement has ended.
      () => signal.aborted,
    );
  }

  return {
    lanes,
    query: (statement, values, signal) =>
      signal ? queryWithin(statement, values, signal) : run(readers, statement, values),
    session: (work) =>
      lend(connected(writers), (client) =>
        work({ send: (statement, values) => run(client, statement, values) }),
      ),
    ping: () =>
      lend(connected(readers), async (client) => {
        const asked = { text: WRITABLE, query_timeout: LIMITS.ping };
        const { rows } = await sent<{ isReadOnly: boolean }>(client, asked);
        if (rows[0]?.isReadOnly) throw new ReadOnlyError();
      }),
    close: async () => {
      await Promise.all([writers.end(), readers.end()]);
    },
  };
}
