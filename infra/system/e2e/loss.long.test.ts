import { requires, seeded } from '@airline/testing';
import { describe, test } from 'vitest';
import { settleWell } from './at-rest.ts';
import { bookingAt } from './booking.ts';
import { flights, load, whenPlaced } from './loss.ts';
import { startOnPostgres } from './system.ts';

describe('a replica that is killed', () => {
  test(
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
});
