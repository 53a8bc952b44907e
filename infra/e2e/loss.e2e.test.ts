import { requires, seeded, until } from '@airline/testing';
import { describe, it } from 'vitest';
import { settleWell } from './at-rest.ts';
import { type Booking, bookingAt } from './booking.ts';
import { ask } from './client.ts';
import { type Acknowledged, bookConcurrently } from './load.ts';
import { type System, startEmbedded, startOnPostgres, startOnRedis } from './system.ts';

// Whatever dies in the middle of a load: what was acknowledged is there, and every saga settles.

function load(booking: Booking, flightIds: readonly string[], seed: number): Promise<Acknowledged> {
  return bookConcurrently({ booking, flightIds, customers: 24, bookingsEach: 10, random: seeded(seed) });
}

/** Waits until so many reservations are placed, so that what follows hits the middle of the load. */
async function whenPlaced(system: Pick<System, 'url'>, count: number): Promise<void> {
  await until(
    `${count} reservations are placed`,
    async () => {
      const query = '{ reservations { totalCount } }';
      const { reservations } = await ask<{ reservations: { totalCount: number } }>(system.url, query);
      return reservations.totalCount >= count;
    },
    60_000,
  );
}

async function flights(booking: Booking): Promise<string[]> {
  return await Promise.all([100, 40, 10].map((seats) => booking.registerFlight(seats)));
}

describe('Redis in the middle of a load', requires('redis-server').options, () => {
  it('is flushed, killed, and comes back empty: nothing is lost or done twice', async () => {
    await using system = await startOnRedis({ PAYMENT_DELAY_MS: '5' });
    const { redis } = system;
    const booking = bookingAt(system.url);
    const booked = load(booking, await flights(booking), 1);

    await whenPlaced(system, 40);
    await redis.command('FLUSHALL');
    await whenPlaced(system, 100);
    await redis.kill();
    await whenPlaced(system, 150);
    await redis.start();

    await settleWell(system, await booked);
    await redis.command('FLUSHALL');
    await settleWell(system, await booked);
  });
});

describe('a service that is killed', () => {
  it(
    'loses no acknowledged command, each service in turn, on Redis',
    requires('redis-server').options,
    async () => {
      await using system = await startOnRedis({ PAYMENT_DELAY_MS: '5' });
      const booking = bookingAt(system.url);
      const random = seeded(2);
      const booked = load(booking, await flights(booking), 2);
      const order = ['reservation', 'flight', 'payment', 'dashboard', 'router'];
      for (const [index, name] of order.entries()) {
        await whenPlaced(system, 20 + index * 35 + Math.floor(random() * 20));
        await system.restart(name);
      }
      await settleWell(system, await booked);
    },
  );

  it(
    'loses no acknowledged command, one replica of each service after the other, on Postgres',
    requires('redis-server', 'postgres').options,
    async () => {
      await using system = await startOnPostgres({ PAYMENT_DELAY_MS: '5' });
      const booking = bookingAt(system.url);
      const random = seeded(4);
      const booked = load(booking, await flights(booking), 4);
      const order = ['reservation-1', 'flight-2', 'payment-3', 'dashboard-1', 'router'];
      for (const [index, name] of order.entries()) {
        await whenPlaced(system, 20 + index * 35 + Math.floor(random() * 20));
        await system.restart(name);
      }
      await settleWell(system, await booked);
    },
  );

  it('loses no acknowledged command, all in one process', async () => {
    await using system = await startEmbedded({ PAYMENT_DELAY_MS: '5' });
    const booking = bookingAt(system.url);
    const random = seeded(3);
    const booked = load(booking, await flights(booking), 3);
    for (const least of [20, 90, 160]) {
      await whenPlaced(system, least + Math.floor(random() * 40));
      await system.restart('system');
    }
    await settleWell(system, await booked);
  });
});
