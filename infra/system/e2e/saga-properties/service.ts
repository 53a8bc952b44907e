import {
  createSqliteStore,
  openSqlite,
  type Row,
  type State,
  type Table,
  type Tables,
} from '@airline/database';
import { createEncoder, decode, type Policies, type Policy } from '@airline/messaging';
import type { EventType, PublishedEvent, Service as ServiceName } from '@airline/schema/events';
import { present } from '@airline/testing';

export interface ServiceOptions<S extends State> {
  readonly name: ServiceName;
  readonly tables: Tables<S>;
  readonly migrations: string;
  readonly policies: Policies<S>;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** How many replicas a service has; they share its database, and any of them takes any event. */
const REPLICAS = 2;

const ALL = 100_000;

/** One of the four services without a transport: its real database, tables and policies. */
export function openService<S extends State>(options: ServiceOptions<S>) {
  const { name, tables, migrations, policies, now, newId } = options;
  const database = openSqlite({ file: ':memory:', migrations });
  const encode = createEncoder({ source: name, newId, now });
  const replicas = Array.from({ length: REPLICAS }, () =>
    createSqliteStore<S>({ database, tables, encode, now }),
  );
  const replica = (which: number) => present(replicas[which % REPLICAS], 'replica');
  const names = database.client
    .prepare("select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\'")
    .pluck()
    .all() as string[];
  const outbox = database.client.prepare('select event from outbox where seq > ? order by seq');
  let read = 0;

  return {
    name,
    store: replica,
    /** What it has published since it was asked last. */
    published: async (): Promise<PublishedEvent[]> => {
      // From the table itself: a store caches the end of its log, and `reset` empties the table without it.
      const events = outbox.pluck().all(read) as string[];
      read += events.length;
      return events.map((event) => decode(event));
    },
    handles: (type: EventType): boolean => policies[type] !== undefined,
    /** As a consumer does: inbox, policy and outbox in one commit. */
    handle: async (event: PublishedEvent, eventId: string, which: number): Promise<void> => {
      const policy = policies[event.type] as Policy<S, EventType>;
      await replica(which).handle({ consumer: name, eventId }, policy(event));
    },
    rows: <T extends Table>(table: T): Promise<Row<T>[]> => replica(0).read.page(table, { limit: ALL }),
    /** Empties the database, which is faster than to open another one. */
    reset: () => {
      read = 0;
      for (const table of names) database.client.exec(`delete from ${table}`);
    },
    close: () => replica(0).close(),
  };
}

export type Service<S extends State> = ReturnType<typeof openService<S>>;
