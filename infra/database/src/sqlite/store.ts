import type { DomainEvent } from '@airline/schema/events';
import type { Decision, Found, Reaction, State, Store, Tables } from '../store.ts';
import type { Sqlite } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createEventLog } from './event-log.ts';
import { forget } from './forget.ts';
import { createReader } from './reader.ts';
import { prepareMessages, prepareTables } from './statements.ts';

/** Jobs that share one commit at most: enough to spread its cost, few enough that none waits long. */
const MAX_BATCH = 256;

export interface SqliteStoreOptions<S extends State> {
  readonly database: Sqlite;
  readonly tables: Tables<S>;
  /** Puts an event into its envelope: JSON. Throws when the event does not fit its schema. */
  readonly encode: (event: DomainEvent, traceparent?: string) => string;
  readonly now: () => Date;
}

type Deciding<S extends State, D extends Decision<S>> = Omit<Reaction<S>, 'decide'> & {
  readonly decide: (found: Found<S>) => D;
};

interface Job {
  run(): unknown;
  resolve(result: never): void;
  reject(error: unknown): void;
}

/**
 * A store on SQLite. Commands that arrive in one turn of the event loop share one `BEGIN IMMEDIATE … COMMIT`,
 * and so one flush to the disk. When one of them throws, all are rolled back and each is run again alone.
 */
export function createSqliteStore<S extends State>(options: SqliteStoreOptions<S>): Store<S> {
  const { database, tables, encode, now } = options;
  const rows = prepareTables<S>(database, tables);
  const messages = prepareMessages(database);
  const { log, appended } = createEventLog(database, messages);

  let waiting: Job[] = [];
  let scheduled = false;
  let appends = 0;

  const inTransaction = database.client.transaction((jobs: readonly Job[]) => jobs.map((job) => job.run())).immediate;

  function apply<D extends Decision<S>>({ keys, decide, traceparent }: Deciding<S, D>): D {
    const found: { [Name in keyof S]?: S[Name] } = {};
    for (const name in keys) {
      const key = keys[name];
      if (key !== undefined) found[name] = rows[name].get(key) as S[typeof name] | undefined;
    }
    const decision = decide(found);
    for (const name in decision.write) {
      const row = decision.write[name];
      if (row !== undefined) rows[name].put(row);
    }
    for (const event of decision.publish ?? []) {
      messages.append(encode(event, traceparent), now().toISOString());
      appends += 1;
    }
    return decision;
  }

  function settle(jobs: readonly Job[]): void {
    try {
      const results = inTransaction(jobs);
      for (const [index, job] of jobs.entries()) job.resolve(results[index] as never);
    } catch (error) {
      if (jobs.length === 1) jobs[0]?.reject(error);
      else for (const job of jobs) settle([job]);
    }
  }

  function flush(): void {
    scheduled = false;
    const jobs = waiting.slice(0, MAX_BATCH);
    waiting = waiting.slice(MAX_BATCH);
    if (waiting.length > 0) schedule();
    appends = 0;
    settle(jobs);
    if (appends > 0) appended();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  function submit<Result>(run: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      waiting.push({ run, resolve, reject });
      schedule();
    });
  }

  return {
    transact: (command) => submit(() => apply(command).result),
    handle: (message, reaction) =>
      submit(() => {
        const isNew = messages.markHandled(message);
        if (isNew) apply(reaction);
        return isNew;
      }),
    replay: (message, reaction) =>
      submit(() => {
        messages.removeLetter(message);
        apply(reaction);
      }),
    read: createReader(database),
    log,
    deadLetters: createDeadLetters(database, messages, now),
    forget: (past) => forget(database, past),
    ping: async () => {
      database.client.prepare('select 1').get();
    },
    close: async () => {
      while (waiting.length > 0) flush();
      database.client.close();
    },
  };
}
