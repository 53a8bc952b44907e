import { everyone } from '@airline/service';
import { type PostgresServer, requires, startPostgresServer, tempFolder } from '@airline/testing';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDashboardRepository } from '../store/repository.ts';
import { tables } from '../store/tables.ts';
import { eraseCustomer } from './erase.ts';
import { createReservations, handle, now, openReplica, rebuild } from './rebuild.fixture.ts';

const asked = { customerId: 'kim', erasedAt: now().toISOString(), reason: 'asked by letter' };
type Replica = Awaited<ReturnType<typeof openReplica>>;

/** What the dashboard shows of Kim and of Lee, and what it still holds under Kim's id. */
async function shown(store: Replica) {
  const repository = createDashboardRepository(store.read, everyone);
  const [kim, lee] = [await repository.infoOf('kim'), await repository.infoOf('lee')];
  const steps = await store.read.select(tables.step, eq(tables.step.customerId, 'kim'));
  return { kim: kim?.flightCount, lee: lee?.flightCount, steps: steps.length };
}

function twoCustomers() {
  const reservations = createReservations();
  for (let number = 0; number < 120; number += 1) reservations.place(`r${number}`, 'kim', '2024-11-21');
  reservations.cancel('r1');
  reservations.place('other', 'lee', '2024-11-23');
  return reservations;
}

function erasures(create: () => Promise<string>): void {
  test('take the info and the id in histories, of that customer alone; histories remain', async () => {
    const store = await openReplica(await create());
    const reservations = twoCustomers();
    for (const event of reservations.events) await handle(store, event);
    expect(await shown(store)).toEqual({ kim: 120, lee: 1, steps: 121 });
    expect(await eraseCustomer(store, asked)).toEqual({ ...asked, steps: 121 });
    expect(await shown(store)).toEqual({ kim: undefined, lee: 1, steps: 0 });
    const history = await createDashboardRepository(store.read, everyone).historyOf('r1');
    expect(history.map(({ event }) => event)).toEqual(['ReservationPlaced', 'ReservationCanceled']);
    const again = { ...asked, erasedAt: '2025-01-01T00:00:00.000Z', reason: 'again' };
    expect(await eraseCustomer(store, again)).toEqual({ ...asked, steps: 0 });
  });

  test('are not undone by events that come later or again, nor by a rebuild', async () => {
    const store = await openReplica(await create());
    const reservations = twoCustomers();
    const [late, ...events] = reservations.events;
    for (const event of events) await handle(store, event);
    await eraseCustomer(store, asked);
    if (late) await handle(store, late);
    for (const event of reservations.events) await handle(store, { ...event, id: `again ${event.id}` });
    reservations.place('new', 'kim', '2025-01-01');
    const rebuilt = await rebuild(store, reservations);
    expect(rebuilt).toEqual({ missing: 1, corrected: 0 });
    expect(await shown(store)).toEqual({ kim: undefined, lee: 1, steps: 0 });
  });

  test('that meet the first events of the customer on other replicas win in any order', async () => {
    const at = await create();
    const replicas = [await openReplica(at), await openReplica(at)] as const;
    for (let round = 0; round < 10; round += 1) {
      const customerId = `kim ${round}`;
      const reservations = createReservations();
      for (let number = 0; number < 5; number += 1)
        reservations.place(`${round} ${number}`, customerId, '2024-11-21');
      await Promise.all([
        ...reservations.events.map((event) => handle(replicas[0], event)),
        eraseCustomer(replicas[1], { ...asked, customerId }),
      ]);
      const { read } = replicas[0];
      expect(await createDashboardRepository(read, everyone).infoOf(customerId)).toBeUndefined();
      // A step that was being counted when the erasure began is taken by the next call.
      await eraseCustomer(replicas[1], { ...asked, customerId });
      expect(await read.select(tables.step, eq(tables.step.customerId, customerId))).toEqual([]);
    }
  });
}

describe('erasures on SQLite', () => {
  erasures(async () => {
    const folder = await tempFolder();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    return `${folder.path}/dashboard.sqlite`;
  });
});

describe('erasures on PostgreSQL', requires('postgres').options, () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startPostgresServer();
  });

  afterAll(() => postgres?.[Symbol.asyncDispose]());

  erasures(() => postgres.createDatabase());
});
