import { type SQL, sql } from 'drizzle-orm';
import { type Deciding, decideOn } from '../decide.ts';
import { createEventLog, type LogEntry } from '../event-log.ts';
import { createReader, type Reading } from '../reader.ts';
import type { Decision, Message, Reaction, State, Store } from '../store.ts';
import type { StoreOptions } from '../store-options.ts';
import { createWritable, PROBE, tablesQuery } from '../writable.ts';
import { createBatches } from './batches.ts';
import type { Sqlite } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { deleteExpired } from './delete-expired.ts';
import { logQueries } from './event-log.ts';
import { createSelect } from './select.ts';
import { prepareMessages, prepareTables } from './statements.ts';

export interface SqliteStoreOptions<S extends State> extends StoreOptions<S> {
  readonly database: Sqlite;
}

/** A store on SQLite, where decisions that arrive together share one commit. */
export function createSqliteStore<S extends State>(options: SqliteStoreOptions<S>): Store<S> {
  const { database, tables, encode, now, commitDelayMs = 0, onCommit } = options;
  const { client } = database;
  const rows = prepareTables(database, tables);
  const messages = prepareMessages(database);
  const { log, appended, discard } = createEventLog(logQueries(database, messages));

  const writable = createWritable(onCommit);
  const asked = client.prepare(tablesQuery(tables));
  const probe = client.prepare(PROBE);

  let appends: LogEntry[] = [];
  const { submit, drain } = createBatches(database, {
    commitDelayMs,
    onCommit: writable.onCommit,
    begin: () => {
      appends = [];
    },
    committed: () => appended(appends),
  });

  function apply<D extends Decision<S>>(deciding: Deciding<S, D>): D {
    const {
      decision,
      rows: written,
      added,
      events,
    } = decideOn<S, D>(
      deciding,
      (name, key) => rows.get(name)?.get(key),
      (name, row) => rows.get(name)?.keyOf(row),
      encode,
    );
    for (const { name, row } of written) rows.get(name)?.put(row);
    for (const { name, row } of added) rows.get(name)?.add(row);
    // Last, when nothing of this decision can fail any more: what is rolled back must not be published.
    for (const event of events) appends.push(messages.append(event, now().toISOString()));
    return decision;
  }

  /** Applies a reaction if its message is to be handled: `take` marks that, in the same transaction. */
  const once = (take: (message: Message) => boolean) => (message: Message, reaction: Reaction<S>) =>
    submit(() => {
      const isTaken = take(message);
      if (isTaken) apply(reaction);
      return isTaken;
    }, reaction.traceparent);

  return {
    transact: (command) => submit(() => apply(command).result, command.traceparent),
    handle: once(messages.markHandled),
    replay: once(messages.removeLetter),
    read: createReader(reading(database)),
    log,
    deadLetters: createDeadLetters(database, messages, now),
    deleteExpired: async (expired) => {
      discard(expired.outbox);
      await deleteExpired(database, expired);
    },
    ping: async () => {
      asked.all();
      await writable.check(async () => probe.run());
    },
    close: async () => {
      drain();
      client.close();
    },
  };
}

function reading(database: Sqlite): Reading {
  const select = createSelect(database);
  const list = (values: readonly string[]) => sql`json_each(${JSON.stringify(values)})`;
  return {
    all: async <Found extends object>(query: SQL, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      return select<Found>(query);
    },
    wanted: (values) => sql`${list(values)} as wanted`,
    among: (column, values) => sql`${column} in (select value from ${list(values)})`,
    // SQLite has no lateral joins; its conditions may contain what depends on the row.
    pages: (values, { rows, page, key, order }) =>
      sql`select page.* from ${list(values)} as wanted join (${rows}) as page
        on page.${key} in (select ${key} from (${page(sql`wanted.value`)})) order by wanted.key, ${order}`,
  };
}
