import { services } from '@airline/schema/events';
import { requires, seeded } from '@airline/testing';
import { describe, test } from 'vitest';
import { settleWell } from './at-rest.ts';
import { bookingAt } from './booking.ts';
import { flights, load, whenPlaced } from './loss.ts';
import { startEmbedded, startOnRedis } from './system.ts';

// Whatever dies in the middle of a load: what was acknowledged is there, and every saga settles.

describe('Redis in the middle of a load', requires('redis-server').options, () => {
  test('is flushed, killed, and comes back empty: nothing is lost or done twice', async () => {
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
  test(
    'loses no acknowledged command, each service in turn, on Redis',
    requires('redis-server').options,
    async () => {
      await using system = await startOnRedis({ PAYMENT_DELAY_MS: '5' });
      const booking = bookingAt(system.url);
      const random = seeded(2);
      const booked = load(booking, await flights(booking), 2);
      const order = [...services, 'router'];
      for (const [index, name] of order.entries()) {
        await whenPlaced(system, 20 + index * 35 + Math.floor(random() * 20));
        await system.restart(name);
      }
      await settleWell(system, await booked);
    },
  );

  test('loses no acknowledged command, all in one process', async () => {
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
