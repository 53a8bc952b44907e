import { createSqliteStore, openSqlite } from '@airline/database';
import { createEncoder, type Transport } from '@airline/messaging';
import type { DomainEvent, Service } from '@airline/schema/events';
import { onTestFinished } from 'vitest';

export interface PublisherOptions {
  readonly transport: Transport;
  /** Of any subgraph: the tables of messages are the same in all. */
  readonly migrations: string;
  readonly now: () => Date;
}

/** Publishes events as a service does, until the test ends; each call in one transaction. */
export function publisherAs(source: Service, { transport, migrations, now }: PublisherOptions) {
  const database = openSqlite({ file: ':memory:', migrations });
  let ids = 0;
  const encode = createEncoder({ source, newId: () => `e${++ids}`, now });
  const store = createSqliteStore<Record<string, object>>({ database, tables: {}, encode, now });
  const relay = transport.publish({ stream: `airline:${source}`, log: store.log, groups: [] });
  onTestFinished(async () => {
    await relay.close();
    await store.close();
  });
  return (...publish: DomainEvent[]): Promise<void> =>
    store.transact({ keys: {}, decide: () => ({ publish, result: undefined }) });
}
