import { subgraph as dashboard } from '@airline/dashboard';
import { createDashboardRepository } from '@airline/dashboard/store/repository';
import type { CustomerInfoRow } from '@airline/dashboard/store/tables';
import { subgraph as flight } from '@airline/flight';
import { createFlightRepository } from '@airline/flight/store/repository';
import type { FlightRow } from '@airline/flight/store/tables';
import { type Connection, everyone, type PageArguments } from '@airline/service';
import { type PostgresServer, requires, startPostgresServer } from '@airline/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Filled, fill } from './filled.fixture.ts';

// Whatever the order, the filter, the direction and the size of pages: one after the other they are the whole list, sorted.

const ROWS = 60;
const numbers = Array.from({ length: ROWS }, (_, index) => index);
const codes = ['KE1', 'ke1', 'ke10', 'AC%', 'ac_', 'Ω1', 'ω1', 'z'];

// Few values, so that many rows share each.
const flights = numbers.map(
  (index): FlightRow => ({
    id: `f${String((index * 37) % ROWS).padStart(2, '0')}`,
    flightCode: codes[index % codes.length] ?? '',
    takeoffDate: `2025-01-0${1 + (index % 3)}`,
    cost: [0, 9, 10, 100][(index >> 2) % 4] ?? 0,
    currency: 'KRW',
    capacity: 9,
    remainingSeatsCount: index % 2,
  }),
);
const customers = numbers.map(
  (index): CustomerInfoRow => ({
    customerId: `${['a', 'A', 'é', '%'][index % 4]}${index}`,
    flightCount: index % 3,
    recentReserveDate: index % 5 === 0 ? null : `2025-01-0${1 + (index % 3)}`,
    canceledCount: 1,
    updatedAt: `2025-01-01T00:00:0${index % 2}.000Z`,
  }),
);

const capitals = (text: string) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The ids of rows, sorted by a text or a number of theirs, and by their ids. */
function sorted<Row>(
  rows: readonly Row[],
  id: (row: Row) => string,
  by: (row: Row) => string | number,
): string[] {
  const compare = (one: string | number, other: string | number) =>
    typeof one === 'number' ? one - Number(other) : byBytes(one, String(other));
  return rows.toSorted((a, b) => compare(by(a), by(b)) || byBytes(id(a), id(b))).map(id);
}

const flightOrders: Readonly<Record<string, (row: FlightRow) => string | number>> = {
  REGISTERED: ({ id }) => id,
  DEPARTURE: (row) => row.takeoffDate,
  CODE: (row) => capitals(row.flightCode),
  COST: ({ cost }) => cost,
};
const customerOrders: Readonly<Record<string, (row: CustomerInfoRow) => string | number>> = {
  CUSTOMER: (row) => row.customerId,
  FLIGHT_COUNT: (row) => row.flightCount,
  RECENT_RESERVE_DATE: (row) => row.recentReserveDate ?? '',
  UPDATED: (row) => row.updatedAt,
};

const flightFilters: readonly [object, (row: FlightRow) => boolean][] = [
  [{}, () => true],
  [{ flightCodePrefix: 'Ke1' }, (row) => capitals(row.flightCode).startsWith('KE1')],
  [{ flightCodePrefix: 'ac%' }, (row) => row.flightCode === 'AC%'],
  [{ flightCodePrefix: 'ω' }, (row) => row.flightCode === 'ω1'],
  [{ flightCode: 'ke1' }, (row) => row.flightCode === 'ke1'],
  [{ costTo: 9, takeoffDateFrom: '2025-01-02' }, (row) => row.cost <= 9 && row.takeoffDate >= '2025-01-02'],
  [{ minRemainingSeats: 1 }, (row) => row.remainingSeatsCount >= 1],
];
const customerPrefixes = ['a', 'é', '%', '%1', ''];

async function pagedThrough<Row>(
  read: (args: PageArguments) => Promise<Connection<Row>>,
  size: number,
  backwards: boolean,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const args: PageArguments = backwards ? { last: size, before: cursor } : { first: size, after: cursor };
    const { nodes, pageInfo } = await read(args);
    rows.splice(backwards ? 0 : rows.length, 0, ...nodes);
    more = backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
  }
  return rows;
}

describe.each(['SQLite', 'PostgreSQL'])('on %s', requires('postgres').options, (database) => {
  let server: PostgresServer | undefined;
  let filled: { readonly flights: Filled; readonly customers: Filled };

  beforeAll(async () => {
    server = database === 'PostgreSQL' ? await startPostgresServer() : undefined;
    filled = {
      flights: await fill(flight, 'flight', flights, await server?.createDatabase()),
      customers: await fill(dashboard, 'info', customers, await server?.createDatabase()),
    };
  });
  afterAll(async () => {
    await filled.flights[Symbol.asyncDispose]();
    await filled.customers[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const paging = { size: fc.integer({ min: 1, max: 25 }), backwards: fc.boolean() };

  test('pages of flights', async () => {
    const order = fc.constantFrom(...Object.keys(flightOrders));
    const cases = fc.record({ ...paging, order, filter: fc.constantFrom(...flightFilters) });
    await fc.assert(
      fc.asyncProperty(cases, async ({ size, backwards, order, filter: [filter, fits] }) => {
        const page = (args: PageArguments) => {
          const each = { ...args, order, filter };
          return createFlightRepository(filled.flights.read).page(each);
        };
        const ids = (await pagedThrough(page, size, backwards)).map(({ id }) => id);
        const by = flightOrders[order] ?? (() => '');
        const expected = sorted(flights.filter(fits), ({ id }) => id, by);
        expect(ids).toEqual(expected);
        expect(await (await page({ first: 0 })).totalCount()).toBe(expected.length);
      }),
      { seed: 7, numRuns: 80 },
    );
  });

  test('pages of customers', async () => {
    const order = fc.constantFrom(...Object.keys(customerOrders));
    const cases = fc.record({ ...paging, order, prefix: fc.constantFrom(...customerPrefixes) });
    await fc.assert(
      fc.asyncProperty(cases, async ({ size, backwards, order, prefix }) => {
        const page = (args: PageArguments) => {
          const each = { ...args, order, filter: { customerIdPrefix: prefix } };
          return createDashboardRepository(filled.customers.read, everyone).infos(each);
        };
        const ids = (await pagedThrough(page, size, backwards)).map(({ customerId }) => customerId);
        const by = customerOrders[order] ?? (() => '');
        expect(ids).toEqual(
          sorted(
            customers.filter((row) => row.customerId.startsWith(prefix)),
            (row) => row.customerId,
            by,
          ),
        );
      }),
      { seed: 7, numRuns: 80 },
    );
  });
});
