import { type SQL, sql } from 'drizzle-orm';
import { createEventLog } from '../event-log.ts';
import { createReader, type Reading } from '../reader.ts';
import type { State, Store } from '../store.ts';
import type { StoreOptions } from '../store-options.ts';
import { createWritable, PROBE, tablesQuery } from '../writable.ts';
import { createBatches } from './batches.ts';
import type { Postgres } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { deleteExpired } from './delete-expired.ts';
import { logQueries } from './event-log.ts';
import type { Job } from './job.ts';
import { rendered, statement } from './statement.ts';
import { createTransaction } from './transaction.ts';

export interface PostgresStoreOptions<S extends State> extends StoreOptions<S> {
  readonly database: Postgres;
}

const probe = statement(PROBE);

/** A store on PostgreSQL, which any number of processes may share. */
export function createPostgresStore<S extends State>(options: PostgresStoreOptions<S>): Store<S> {
  const { database, tables, encode, now, commitDelayMs = 0, onCommit } = options;
  const { log, appended, discard } = createEventLog(logQueries(database));
  const writable = createWritable(onCommit);
  const asked = statement(tablesQuery(tables));
  const batches = createBatches<S>(database, {
    transact: createTransaction<S>({ tables, encode, now }),
    commitDelayMs,
    // What has no number yet is not in the entries.
    committed: (commit) => appended(commit.entries.length === commit.appended ? commit.entries : undefined),
    onCommit: writable.onCommit,
  });

  let closed: Promise<void> | undefined;

  async function submit<Result>(job: Job<S>): Promise<Result> {
    const outcome = await batches.submit(job);
    if ('error' in outcome) throw outcome.error;
    // The queue holds jobs of all results; this job's is of its own decision, or whether its message was handled.
    return outcome.result as Result;
  }

  return {
    transact: (command) => submit(command),
    handle: (message, reaction) => submit({ ...reaction, message }),
    replay: (message, reaction) => submit({ ...reaction, message, isReplay: true }),
    read: createReader(reading(database)),
    log,
    deadLetters: createDeadLetters(database, now),
    deleteExpired: async (expired) => {
      discard(expired.outbox);
      await deleteExpired(database, expired);
    },
    ping: async () => {
      await database.ping();
      await database.query(asked);
      await writable.check(() => database.query(probe));
    },
    close: () => {
      closed ??= batches.close().then(database.close);
      return closed;
    },
  };
}

const wanted = (values: readonly string[]) =>
  sql`unnest(${sql.param([...values])}::text[]) with ordinality as wanted (value, place)`;

const reading = ({ query }: Postgres): Reading => ({
  all: <Found extends object>(text: SQL, signal?: AbortSignal) => {
    const { statement, values } = rendered(text);
    return query<Found>(statement, values, signal);
  },
  wanted,
  among: (column, values) => sql`${column} = any(${sql.param([...values])}::text[])`,
  pages: (values, { page, order }) =>
    sql`select page.* from ${wanted(values)} cross join lateral (${page(sql`wanted.value`)}) as page order by wanted.place, ${order}`,
});
