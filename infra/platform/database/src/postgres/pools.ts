import { type ClientBase, Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { type Place, settingsOf } from './migrate.ts';

/** Times in milliseconds. */
export const LIMITS = {
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

/** Integers have at most 53 bits here, counts too. */
const getTypeParser: typeof types.getTypeParser = (oid, format) =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format);

interface PoolOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly service: string;
  readonly place: Place;
}

/** One pool for transactions, whose statements are sent in a pipeline, and one for reading. */
export function createPools({ url, poolSize, service, place }: PoolOptions) {
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

/** Lends a pool's connection, which is closed then if it is spent: by default, when the work has failed. */
export async function lend<Result>(
  connecting: Promise<PoolClient>,
  work: (client: PoolClient) => Promise<Result>,
  isSpent = (hasFailed: boolean) => hasFailed,
): Promise<Result> {
  const client = await connecting;
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
