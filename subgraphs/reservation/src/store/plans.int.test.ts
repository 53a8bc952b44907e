import { createSqliteStore, openSqlite } from '@airline/database';
import { expect, onTestFinished, test } from 'vitest';
import type { ReservationFilter } from '../generated/resolvers.ts';
import { subgraph } from '../main.ts';
import { createReservationRepository } from './repository.ts';
import { tables } from './tables.ts';

// A statement that holds up all others visits rows of an index, not the table.

async function planned(run: (open: ReturnType<typeof start>) => Promise<unknown>) {
  const open = start();
  await run(open);
  const { client } = open.database;
  const selects = open.statements.filter((text) => text.startsWith('select'));
  return selects.map((text) =>
    client
      .prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => detail)
      .filter((detail) => /reservation/.test(detail)),
  );
}

function start() {
  const statements: string[] = [];
  const { migrations } = subgraph;
  const database = openSqlite({ file: ':memory:', migrations, onStatement: (text) => statements.push(text) });
  const store = createSqliteStore({ database, tables, encode: () => '', now: () => new Date(0) });
  onTestFinished(() => store.close());
  statements.length = 0;
  return { store, database, statements };
}

test.each<[ReservationFilter, RegExp]>([
  [{ status: 'PENDING' }, /INDEX reservation_status_id \(status=\?/],
  [{ customerId: 'c' }, /INDEX reservation_customer_id_id \(customer_id=\?/],
  [{ flightId: 'f' }, /INDEX reservation_flight_id_id \(flight_id=\?/],
  [{ customerId: 'c', status: 'CANCELED' }, /INDEX reservation_\w+_id \(\w+=\?/],
  [{ customerId: 'c', flightId: 'f', status: 'CANCELED' }, /INDEX reservation_\w+_id \(\w+=\?/],
])('%j is read and counted by an index, and not sorted', async (filter, index) => {
  const plans = await planned(async ({ store }) => {
    const page = await createReservationRepository(store.read).page({ first: 20, filter });
    await page.totalCount();
  });
  expect(plans).toEqual([[expect.stringMatching(index)], [expect.stringMatching(index)]]);
});

test('all are counted in an index, without their rows', async () => {
  const plans = await planned(async ({ store }) => {
    await (await createReservationRepository(store.read).page({ first: 20 })).totalCount();
  });
  expect(plans[1]).toEqual([expect.stringMatching(/USING COVERING INDEX/)]);
});
