import { Client } from 'pg';
import { classified } from './errors.ts';
import type { MigrateOptions } from './migrate.ts';

/** A pooler in front of the database lends one session of it to many in turn. */
export class SharedSessionsError extends Error {
  override name = 'SharedSessionsError';

  constructor() {
    super(
      'a pooler in front of it shares sessions, and with them locks, settings and prepared statements (PgBouncer: set pool_mode = session)',
    );
  }
}

const PID = 'select pg_backend_pid() as pid';

/**
 * Refuses a pooler that shares sessions: what one connection has used, the next one gets that begins a transaction.
 *
 * @throws SharedSessionsError, or what keeps a connection from being made
 */
export async function refuseSharedSessions(options: Omit<MigrateOptions, 'migrations'>): Promise<void> {
  const config = {
    connectionString: options.url,
    application_name: `airline ${options.service}`,
    connectionTimeoutMillis: options.connectWithinMs,
    query_timeout: options.connectWithinMs,
  };
  const [one, other] = [new Client(config), new Client(config)];
  for (const client of [one, other]) client.on('error', () => {});
  try {
    await Promise.all([one.connect(), other.connect()]);
    const { rows: before } = await one.query<{ pid: number }>(PID);
    // One that pools statements refuses transactions.
    const isRefused = await other.query('begin').then(
      () => false,
      () => true,
    );
    if (isRefused) throw new SharedSessionsError();
    const { rows: after } = await other.query<{ pid: number }>(PID);
    if (before[0]?.pid === after[0]?.pid) throw new SharedSessionsError();
  } catch (error) {
    throw classified(error);
  } finally {
    await Promise.all([one, other].map((client) => client.end().catch(() => {})));
  }
}
