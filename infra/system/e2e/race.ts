import { listenersOf, services, streamOf } from '@airline/schema/events';
import { seeded, until } from '@airline/testing';
import { expect } from 'vitest';
import { type Observed, settleWell, watchSeats } from './at-rest.ts';
import { bookingAt } from './booking.ts';
import { bookConcurrently } from './load.ts';
import type { SystemOnRedis } from './system.ts';

// 64 customers want 100 seats: 320 bookings at once, some twice, some canceled, with a payment provider that fails,
// while every event is delivered again.

export const FAILING_PROVIDER = {
  PAYMENT_FAILURE_RATE: '0.2',
  PAYMENT_UNKNOWN_RATE: '0.1',
  PAYMENT_DELAY_MS: '2',
};
const SEATS = 100;

export async function race(system: Observed, deliverAgain: () => Promise<void>): Promise<void> {
  const booking = bookingAt(system.url);
  const flightId = await booking.registerFlight(SEATS);
  const stopWatching = watchSeats(system.url, flightId);
  const load = bookConcurrently({
    booking,
    flightIds: [flightId],
    customers: 64,
    bookingsEach: 5,
    random: seeded(64),
  });
  await deliverAgain();
  const acknowledged = await load;
  await settleWell(system, acknowledged);
  await deliverAgain();
  await settleWell(system, acknowledged);

  const { fewest, most } = await stopWatching();
  expect(acknowledged.placed.size).toBe(320);
  expect(fewest).toBeGreaterThanOrEqual(0);
  expect(most).toBeLessThanOrEqual(SEATS);
}

/** Sets every group back to the beginning of its streams. */
export async function deliverAgainOnRedis({ redis }: Pick<SystemOnRedis, 'redis'>): Promise<void> {
  for (const publisher of services) {
    for (const group of listenersOf(publisher)) {
      const setBack = () => redis.command('XGROUP', 'SETID', streamOf(publisher), group, '0');
      await until(`${group} reads ${streamOf(publisher)}`, setBack);
    }
  }
}
