import { createSqliteStore, openSqlite } from '@airline/database';
import { createEncoder, decode } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { onTestFinished } from 'vitest';
import type { Payment, PaymentState } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { tables } from '../store/tables.ts';
import { type CollectorOptions, startCollector } from './collector.ts';

const START = Date.parse('2024-11-21T10:00:00.000Z');

/** A payment service's database in memory, its clock, and collectors over it as in several processes. */
export function openPayments() {
  let ids = 0;
  let elapsedMs = 0;
  const now = () => new Date(START + elapsedMs);
  const newId = () => `p${++ids}`;
  const statements: string[] = [];
  const { migrations } = subgraph;
  const database = openSqlite({ file: ':memory:', migrations, onStatement: (text) => statements.push(text) });
  const encode = createEncoder({ source: 'payment', newId, now });
  const store = createSqliteStore<PaymentState>({ database, tables, encode, now });
  const collectors = new Set<ReturnType<typeof startCollector>>();
  onTestFinished(async () => {
    await Promise.all([...collectors].map((collector) => collector.close()));
    await store.close();
  });

  return {
    store,
    statements,
    planOf: (statement: string) => database.client.prepare(`explain query plan ${statement}`).all(),
    pass: (ms: number) => {
      elapsedMs += ms;
    },
    put: (row: Payment) =>
      store.transact({ keys: {}, decide: () => ({ write: { payment: row }, result: undefined }) }),
    status: async (reservationId = 'r1') => {
      const [row] = (await store.read.page(tables.payment, { limit: 10_000 })).filter(
        (each) => each.reservationId === reservationId,
      );
      return row?.status;
    },
    published: async () => (await store.log.read(0, 10_000)).map(({ event }) => decode(event).type),
    collect: (options: Pick<CollectorOptions, 'provider'> & Partial<CollectorOptions>) => {
      const logger = createLogger({ service: 'payment', level: 'silent' });
      const collector = startCollector({ store, now, random: () => 0, logger, ...options });
      collectors.add(collector);
      return collector;
    },
  };
}
