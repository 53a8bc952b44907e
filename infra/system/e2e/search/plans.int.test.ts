import { subgraph as dashboard } from '@airline/dashboard';
import { createDashboardRepository } from '@airline/dashboard/store/repository';
import type { Reader } from '@airline/database';
import { subgraph as flight } from '@airline/flight';
import { createFlightRepository } from '@airline/flight/store/repository';
import { subgraph as reservation } from '@airline/reservation';
import { createReservationRepository } from '@airline/reservation/store/repository';
import { type Caller, everyone, type PageArguments } from '@airline/service';
import { type PostgresServer, requires, startPostgresServer } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Filled, fill } from './filled.fixture.ts';
import { customers, flightIdOf, flights, placedAt, reservations } from './rows.ts';

// On an airline of some size, what the pages ask for is read by an index: the plans are those of filled databases.

const kim: Caller = { subject: 'customer-7', roles: ['customer'], scopes: [] };

type Arguments = PageArguments & { readonly filter?: object };
type Page = (args: Arguments, caller?: Caller) => (read: Reader) => Promise<unknown>;

const ofFlights: Page = (args) => (read) => createFlightRepository(read).page(args);
const ofReservations: Page =
  (args, caller = everyone) =>
  (read) =>
    createReservationRepository(read, caller).page(args);
const ofCustomers: Page =
  (args, caller = everyone) =>
  (read) =>
    createDashboardRepository(read, caller).infos(args);

const march = { takeoffDateFrom: '2025-03-01', takeoffDateTo: '2025-03-31' };
const hour = { placedFrom: placedAt(20_000), placedTo: placedAt(20_360) };

/** Whether a plan has to sort what it reads. */
const SORT = /\bSort\b|TEMP B-TREE/;
/** Whether a plan reads a whole table in no order. */
const SCAN = /Seq Scan/;

describe.each(['SQLite', 'PostgreSQL'])('on %s', requires('postgres').options, (database) => {
  let server: PostgresServer | undefined;
  const filled: Record<string, Filled> = {};

  beforeAll(async () => {
    server = database === 'PostgreSQL' ? await startPostgresServer() : undefined;
    const url = () => server?.createDatabase();
    filled.flight = await fill(flight, 'flight', flights(), await url());
    filled.reservation = await fill(reservation, 'reservation', reservations(), await url());
    filled.customer_info = await fill(dashboard, 'info', customers(), await url());
  }, 120_000);

  afterAll(async () => {
    for (const each of Object.values(filled)) await each[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  async function planOf(table: string, read: (reader: Reader) => Promise<unknown>): Promise<string> {
    const [plan = ''] = (await filled[table]?.plans(read)) ?? [];
    expect(plan).not.toMatch(SCAN);
    return plan;
  }

  /** The index of the key has another name in each database. */
  const keyOf = (table: string) =>
    database === 'PostgreSQL' ? `${table}_pkey` : new RegExp(`PRIMARY KEY|SCAN ${table}$`, 'm');

  test.each<[Arguments, string | undefined]>([
    [{}, undefined],
    [{ order: 'DEPARTURE' }, 'flight_takeoff_date_id'],
    [{ order: 'CODE' }, 'flight_code_id'],
    [{ order: 'COST' }, 'flight_cost_id'],
    [{ order: 'DEPARTURE', filter: march }, 'flight_takeoff_date_id'],
    [{ order: 'DEPARTURE', filter: { ...march, minRemainingSeats: 2 } }, 'flight_takeoff_date_id'],
    [{ order: 'COST', filter: { costTo: 200_000 } }, 'flight_cost_id'],
    [{ order: 'CODE', filter: { flightCodePrefix: 'ac' } }, 'flight_code_id'],
  ])('flights %j are read in the order of an index', async (args, index) => {
    for (const page of [{ first: 20 }, { last: 20 }]) {
      const plan = await planOf('flight', ofFlights({ ...args, ...page }));
      expect(plan).toMatch(index ?? keyOf('flight'));
      expect(plan).not.toMatch(SORT);
    }
  });

  test.each([
    [{ flightCode: 'KE100' }, /flight_code_id/],
    [{ flightCodePrefix: 'KE10' }, /flight_code_id/],
    [march, /flight_(takeoff_date|code|cost)_id|flight_pkey/],
    [{ costTo: 20_000, currency: 'KRW' }, /flight_\w+_id|flight_pkey|SCAN flight$/m],
    [{ costTo: 20_000 }, /flight_\w+_id|flight_pkey|SCAN flight$/m],
    [{ ...march, costTo: 200_000, flightCodePrefix: 'k', minRemainingSeats: 2 }, /flight_\w+_id/],
  ])('flights that fit %j are read by an index in each order', async (filter, index) => {
    for (const order of ['REGISTERED', 'DEPARTURE', 'CODE', 'COST'])
      expect(await planOf('flight', ofFlights({ first: 20, order, filter })), order).toMatch(index);
  });

  test.each<[object, RegExp | undefined, Caller?]>([
    [{}, undefined],
    [{ reference: 'ZZZZ-ZZZZ' }, /reservation_reference_id/],
    [{ reference: 'no reference' }, /reservation_reference_id/],
    [{ reference: 'ZZZZ-ZZZZ', customerId: 'customer-7', status: 'PENDING' }, /reservation_reference_id/],
    [{ customerId: 'customer-7', status: 'PENDING', ...hour }, /reservation_customer_id_id/],
    [{ flightId: flightIdOf(5), cancelReason: 'EXPIRED', status: 'CANCELED' }, /reservation_flight_id_id/],
    [{ cancelReason: 'EXPIRED', status: 'CANCELED' }, /reservation_cancel_reason_id/],
    [{ status: 'SUCCEED', ...hour }, /reservation_(status_id|pkey)/],
    [hour, undefined],
    [{}, /reservation_customer_id_id/, kim],
    [{ reference: 'ZZZZ-ZZZZ', status: 'PENDING' }, /reservation_customer_id_id/, kim],
  ])('reservations that fit %j are read by an index', async (filter, index, caller) => {
    for (const page of [{ first: 20 }, { last: 20 }]) {
      const plan = await planOf('reservation', ofReservations({ ...page, filter }, caller));
      expect(plan).toMatch(index ?? keyOf('reservation'));
    }
  });

  test.each<[Arguments, RegExp | undefined, Caller?]>([
    [{}, undefined],
    [{ filter: { customerIdPrefix: 'customer-1' } }, undefined],
    [{ order: 'RECENT_RESERVE_DATE' }, /customer_info_recent_customer_id/],
    [{ order: 'FLIGHT_COUNT' }, undefined, kim],
    [{ order: 'UPDATED', filter: { customerIdPrefix: 'c' } }, undefined, kim],
  ])('customers %j are read by an index', async (args, index, caller) => {
    const plan = await planOf('customer_info', ofCustomers({ last: 20, ...args }, caller));
    expect(plan).toMatch(index ?? keyOf('customer_info'));
  });
});
