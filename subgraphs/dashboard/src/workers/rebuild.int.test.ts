import { join } from 'node:path';
import { everyone } from '@airline/service';
import { type PostgresServer, requires, startPostgresServer, tempFolder } from '@airline/testing';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDashboardRepository } from '../store/repository.ts';
import { tables } from '../store/tables.ts';
import {
  countsIn,
  createReservations,
  handle,
  infoOf,
  migrate,
  migrationsBefore,
  now,
  openReplica,
  reactionTo,
  rebuild,
  spoil,
} from './rebuild.fixture.ts';
import { recountInfos } from './rebuild.ts';

async function folder(): Promise<string> {
  const temporary = await tempFolder();
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  return temporary.path;
}

/** Two reservations of c1, one of them canceled, and one of c2. */
function threeReservations() {
  const reservations = createReservations();
  reservations.place('r1', 'c1', '2024-11-21');
  reservations.place('r2', 'c1', '2024-12-25');
  reservations.place('r3', 'c2', '2024-11-23');
  reservations.cancel('r2');
  return reservations;
}

const RIGHT = ['c1 2 1 2024-12-25', 'c2 1 0 2024-11-23'];

interface Databases {
  /** A new database, and how to run statements in it. */
  create(): Promise<{ readonly at: string; run(statement: string): Promise<unknown> }>;
}

function rebuilds({ create }: Databases): void {
  test('corrects infos that are wrong, makes those that are lost, and zeroes those of nobody', async () => {
    const { at, run } = await create();
    const store = await openReplica(at);
    const reservations = threeReservations();
    for (const event of reservations.events) await handle(store, event);
    expect(await countsIn(store)).toEqual(RIGHT);
    expect(await rebuild(store, reservations)).toEqual({ missing: 0, corrected: 0 });

    await spoil(store, { info: infoOf('c1') });
    await spoil(store, { info: infoOf('nobody') });
    await run("delete from customer_info where customer_id = 'c2'");
    expect(await rebuild(store, reservations)).toEqual({ missing: 0, corrected: 2 });
    expect(await countsIn(store)).toEqual([...RIGHT, 'nobody 0 0 null']);

    await run("delete from customer_info where customer_id = 'c1'");
    await spoil(store, { info: infoOf('c2', { flightCount: 0, recentReserveDate: null }) });
    await rebuild(store, reservations);
    expect(await countsIn(store)).toEqual([...RIGHT, 'nobody 0 0 null']);
    expect(await rebuild(store, reservations)).toEqual({ missing: 0, corrected: 0 });
  });

  test('counts what a loss of the database took, and no event a second time', async () => {
    const store = await openReplica((await create()).at);
    const reservations = threeReservations();
    await handle(store, reservations.events[0] as (typeof reservations.events)[0]);
    expect(await rebuild(store, reservations)).toEqual({ missing: 3, corrected: 0 });
    expect(await countsIn(store)).toEqual(RIGHT);
    for (const event of reservations.events) await handle(store, event);
    expect(await countsIn(store)).toEqual(RIGHT);
    expect(await createDashboardRepository(store.read, everyone).historyOf('r2')).toMatchObject([
      { event: 'ReservationPlaced', detail: '3 seats on flight f1' },
      { event: 'ReservationCanceled', detail: 'CUSTOMER' },
    ]);
  });

  test('counts a dead letter once, whether the rebuild or its replay comes first', async () => {
    const store = await openReplica((await create()).at);
    const reservations = threeReservations();
    const [first, second, ...others] = reservations.events;
    if (!first || !second) throw new Error('Two events are missing.');
    const messageOf = ({ id: eventId }: typeof first) => ({ consumer: 'dashboard', eventId });
    for (const [seq, event] of [first, second].entries()) {
      const arrived = { stream: 'airline:reservation', seq, event: '{}', eventType: event.type };
      const letter = { error: 'no', deliveries: 5, diedAt: now().toISOString() };
      await store.deadLetters.add({ ...messageOf(event), ...arrived, ...letter });
    }
    for (const event of [first, second, ...others]) await handle(store, event);
    expect(await store.replay(messageOf(first), reactionTo(first))).toBe(true);
    expect(await rebuild(store, reservations)).toEqual({ missing: 1, corrected: 0 });
    expect(await store.replay(messageOf(second), reactionTo(second))).toBe(true);
    expect(await countsIn(store)).toEqual(RIGHT);
  });

  test('is right whatever is booked and handled while it runs, on three replicas, some of it twice', async () => {
    const { at } = await create();
    const replicas = await Promise.all([openReplica(at), openReplica(at), openReplica(at)]);
    const [one, two, three] = replicas as [(typeof replicas)[0], (typeof replicas)[0], (typeof replicas)[0]];
    const reservations = createReservations();
    const customers = Array.from({ length: 120 }, (_, index) => `c${index}`);
    const busy = customers.slice(0, 3);

    async function book(from: number, to: number, among: readonly string[]): Promise<void> {
      for (let number = from; number < to; number += 1) {
        const before = reservations.events.length;
        const customer = among[number % among.length] as string;
        reservations.place(`r${number}`, customer, `2024-11-${10 + (number % 15)}`);
        if (number % 4 === 0) reservations.cancel(`r${number}`);
        const events = reservations.events.slice(before);
        // One replica handles it, and another to whom it is delivered too.
        await Promise.all(events.flatMap((event) => [handle(two, event), handle(three, event)]));
      }
    }

    await book(0, 150, customers);
    for (const customer of [...busy, 'phantom']) await spoil(one, { info: infoOf(customer) });
    const booking = book(150, 300, busy);
    const results = await Promise.all([rebuild(one, reservations), rebuild(three, reservations)]);
    await booking;
    expect(results[0].corrected + results[1].corrected).toBe(4);
    expect(await countsIn(one)).toEqual([...reservations.counts(), 'phantom 0 0 null']);
    expect(await rebuild(one, reservations)).toEqual({ missing: 0, corrected: 0 });
    const steps = await one.read.count(tables.step);
    expect(steps).toBe(reservations.events.length);
  });

  test('counts nothing twice that an older release counted, whose steps have the ids of their events', async () => {
    const { at, run } = await create();
    // The release before steps were keyed by what they are of.
    await migrate(at, await migrationsBefore('step_keys', await folder()));
    const old = (id: string, event: string, detail = 'as it was') =>
      run(`insert into saga_step (id, reservation_id, event, service, at, detail)
        values ('${id}', 'r2', '${event}', 'reservation', '${now().toISOString()}', '${detail}')`);
    await old('e1', 'ReservationPlaced');
    await old('e2', 'ReservationCanceled');
    await old('e3', 'RemainingSeatsDecreased', '3 seats held at 200 each, 2 remain');
    await old('e5', 'Paid', '600 paid');
    await run(`insert into customer_info (customer_id, flight_count, recent_reserve_date, canceled_count, updated_at)
      values ('c1', 1, '2024-12-25', 1, '${now().toISOString()}')`);

    const store = await openReplica(at);
    const reservations = threeReservations();
    expect(await rebuild(store, reservations)).toEqual({ missing: 2, corrected: 0 });
    expect(await countsIn(store)).toEqual(RIGHT);
    for (const event of reservations.events) await handle(store, event);
    expect(await countsIn(store)).toEqual(RIGHT);

    // A replica of the older release, which is about to stop, still handles one.
    reservations.place('r4', 'c2', '2025-01-01');
    await run(`insert into saga_step (id, reservation_id, event, service, at, detail)
      values ('e4', 'r4', 'ReservationPlaced', 'reservation', '${now().toISOString()}', 'as it was')`);
    await run(
      "update customer_info set flight_count = 2, recent_reserve_date = '2025-01-01' where customer_id = 'c2'",
    );
    await rebuild(store, reservations);
    expect(await countsIn(store)).toEqual(reservations.counts());
    const history = createDashboardRepository(store.read, everyone).historyOf;
    expect(await history('r2')).toMatchObject([
      { detail: 'as it was', seatQty: null, amount: null, currency: null },
      { seatQty: 3, amount: 600, currency: 'KRW', reason: null },
      { seatQty: null, amount: 600, currency: 'KRW' },
      { detail: 'as it was', reason: 'as it was', amount: null, traceId: null },
    ]);
    expect(await history('r4')).toMatchObject([{ event: 'ReservationPlaced' }]);
  });
}

describe('a rebuild on SQLite', () => {
  rebuilds({
    create: async () => {
      const at = join(await folder(), 'dashboard.sqlite');
      const run = async (statement: string) => {
        const database = new Database(at, { timeout: 5000 });
        database.prepare(statement).run();
        database.close();
      };
      return { at, run };
    },
  });

  test('recounts a customer again who was counted on in the meantime, and gives up on one who always is', async () => {
    const store = await openReplica(join(await folder(), 'dashboard.sqlite'));
    const reservations = threeReservations();
    for (const event of reservations.events) await handle(store, event);
    await spoil(store, { info: infoOf('c1') });
    let bookings = 0;
    let most = 1;
    const busy = {
      ...store,
      read: {
        ...store.read,
        counts: async (...args: Parameters<typeof store.read.counts>) => {
          const counts = await store.read.counts(...args);
          if (bookings < most) {
            bookings += 1;
            reservations.place(`more${bookings}`, 'c1', '2024-11-21');
            for (const event of reservations.events.slice(-1)) await handle(store, event);
          }
          return counts;
        },
      },
    };
    expect(await recountInfos(busy, now)).toEqual({ recounted: 2, corrected: 1, endCustomerId: null });
    expect(await countsIn(store)).toEqual(reservations.counts());
    most = Number.POSITIVE_INFINITY;
    await expect(recountInfos(busy, now)).rejects.toMatchObject({
      message: expect.stringMatching(/book too fast.*try again/),
      extensions: { code: 'TRY_AGAIN_LATER' },
    });
  });
});

describe('a rebuild on PostgreSQL', requires('postgres').options, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  rebuilds({
    create: async () => {
      const at = await server.createDatabase();
      return { at, run: (statement) => server.query(`${at}?options=-c search_path=dashboard`, statement) };
    },
  });
});
