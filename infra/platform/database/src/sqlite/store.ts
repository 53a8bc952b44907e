import type { DomainEvent } from '@airline/schema/events';
import type { OnCommit } from '../commit-report.ts';
import type { LogEntry } from '../event-log.ts';
import type { Decision, Found, Reaction, State, Store, Tables } from '../store.ts';
import { createBatches } from './batches.ts';
import type { Sqlite } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { deleteExpired } from './delete-expired.ts';
import { createEventLog } from './event-log.ts';
import { createReader } from './reader.ts';
import { prepareMessages, prepareTables } from './statements.ts';

export interface SqliteStoreOptions<S extends State> {
  readonly database: Sqlite;
  readonly tables: Tables<S>;
  /** Puts an event into its envelope: JSON. Throws when the event does not fit its schema. */
  readonly encode: (event: DomainEvent, traceparent?: string) => string;
  readonly now: () => Date;
  /** For a service that nobody waits for: how long work may wait for more of it to share a commit. */
  readonly commitDelayMs?: number;
  readonly onCommit?: OnCommit | undefined;
}

type Deciding<S extends State, D extends Decision<S>> = Omit<Reaction<S>, 'decide'> & {
  readonly decide: (found: Found<S>) => D;
};

/** A store on SQLite, where decisions that arrive together share one commit. */
export function createSqliteStore<S extends State>(options: SqliteStoreOptions<S>): Store<S> {
  const { database, tables, encode, now } = options;
  const { client } = database;
  const rows = prepareTables<S>(database, tables);
  const messages = prepareMessages(database);
  const { log, appended, discard } = createEventLog(database, messages);

  let appends: LogEntry[] = [];
  const { submit, drain } = createBatches(database, {
    commitDelayMs: options.commitDelayMs ?? 0,
    onCommit: options.onCommit,
    begin: () => {
      appends = [];
    },
    committed: () => {
      appended(appends);
    },
  });

  function apply<D extends Decision<S>>({ keys, decide, traceparent }: Deciding<S, D>): D {
    const found: { [Name in keyof S]?: S[Name] } = {};
    for (const name in keys) {
      const key = keys[name];
      if (key !== undefined) found[name] = rows[name].get(key) as S[typeof name] | undefined;
    }
    const decision = decide(found);
    const events = (decision.publish ?? []).map((event) => encode(event, traceparent));
    for (const name in decision.write) {
      const row = decision.write[name];
      if (row !== undefined) rows[name].put(row);
    }
    // Last, when nothing of this decision can fail any more: what is rolled back must not be told.
    for (const event of events) appends.push(messages.append(event, now().toISOString()));
    return decision;
  }

  return {
    transact: (command) => submit(() => apply(command).result, command.traceparent),
    handle: (message, reaction) =>
      submit(() => {
        const isNew = messages.markHandled(message);
        if (isNew) apply(reaction);
        return isNew;
      }, reaction.traceparent),
    replay: (message, reaction) =>
      submit(() => {
        const isThere = messages.removeLetter(message);
        if (isThere) apply(reaction);
        return isThere;
      }, reaction.traceparent),
    read: createReader(database),
    log,
    deadLetters: createDeadLetters(database, messages, now),
    deleteExpired: async (expired) => {
      discard(expired.outbox);
      await deleteExpired(database, expired);
    },
    ping: async () => {
      client.prepare('select 1').get();
    },
    close: async () => {
      drain();
      client.close();
    },
  };
}
