import type { DomainEvent } from '@airline/schema/events';
import type { OnCommit } from '../commit-report.ts';
import type { State, Store, Tables } from '../store.ts';
import { createBatches } from './batches.ts';
import type { Postgres } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { deleteExpired } from './delete-expired.ts';
import { createEventLog } from './event-log.ts';
import type { Job } from './job.ts';
import { createReader } from './reader.ts';
import { createTransaction } from './transaction.ts';

export interface PostgresStoreOptions<S extends State> {
  readonly database: Postgres;
  readonly tables: Tables<S>;
  /** Puts an event into its envelope: JSON. Throws when the event does not fit its schema. */
  readonly encode: (event: DomainEvent, traceparent?: string) => string;
  readonly now: () => Date;
  /** For a service that nobody waits for: how long work may wait for more of it to share a commit. */
  readonly commitDelayMs?: number;
  readonly onCommit?: OnCommit | undefined;
}

/** A store on PostgreSQL, which any number of processes may share. */
export function createPostgresStore<S extends State>(options: PostgresStoreOptions<S>): Store<S> {
  const { database, tables, encode, now, commitDelayMs = 0, onCommit } = options;
  const { log, appended, discard } = createEventLog(database);
  const batches = createBatches<S>(database, {
    transact: createTransaction<S>({ tables, encode, now }),
    commitDelayMs,
    committed: appended,
    onCommit,
  });

  let closed: Promise<void> | undefined;

  async function submit<Result>(job: Job<S>): Promise<Result> {
    const outcome = await batches.submit(job);
    if ('error' in outcome) throw outcome.error;
    return outcome.result as Result;
  }

  return {
    transact: (command) => submit(command),
    handle: (message, reaction) => submit({ ...reaction, message }),
    replay: (message, reaction) => submit({ ...reaction, message, isReplay: true }),
    read: createReader(database),
    log,
    deadLetters: createDeadLetters(database, now),
    deleteExpired: async (expired) => {
      discard(expired.outbox);
      await deleteExpired(database, expired);
    },
    ping: database.ping,
    close: () => {
      closed ??= batches.close().then(database.close);
      return closed;
    },
  };
}
