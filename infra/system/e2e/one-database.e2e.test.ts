import { services } from '@airline/schema/events';
import { requires, startPostgresServer } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bookingAt } from './booking.ts';
import { startEmbedded } from './system.ts';

test('all services on one PostgreSQL database book and cancel', requires('postgres').options, async () => {
  const server = await startPostgresServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const url = await server.createDatabase('airline');
  const urls = services.map((service) => [`${service.toUpperCase()}_DB_URL`, url]);
  await using system = await startEmbedded(Object.fromEntries(urls));
  const booking = bookingAt(system.url);
  const flightId = await booking.registerFlight(5);
  const first = await booking.place({ customerId: 'c1', flightId, seatQty: 3, reserveDate: '2024-11-21' });
  const second = await booking.place({ customerId: 'c2', flightId, seatQty: 3, reserveDate: '2024-11-21' });
  expect(first).toMatchObject({ status: 'SUCCEED', payment: { status: 'PAID' } });
  expect(second).toMatchObject({ status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT' });
  expect(await booking.remainingSeats(flightId)).toBe(2);

  const schemas = 'select nspname from pg_namespace where nspname = any($1) order by nspname';
  const found = await server.query(url, schemas, [[...services, 'drizzle']]);
  expect(found.map(({ nspname }) => nspname)).toEqual([...services].toSorted());
  expect(await server.query(url, "select from pg_tables where schemaname = 'public'")).toEqual([]);
});
