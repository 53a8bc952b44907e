import { join } from 'node:path';
import { listenersOf, services, streamOf } from '@airline/schema/events';
import { requires, seeded, until } from '@airline/testing';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { settleWell, watchSeats } from './at-rest.ts';
import { bookingAt } from './booking.ts';
import { bookConcurrently } from './load.ts';
import { type System, type SystemOnRedis, startEmbedded, startOnPostgres, startOnRedis } from './system.ts';

// 64 customers want 100 seats: 320 bookings at once, some twice, some canceled, with a payment provider that fails,
// while every event is delivered again.

const FAILING_PROVIDER = { PAYMENT_FAILURE_RATE: '0.2', PAYMENT_UNKNOWN_RATE: '0.1', PAYMENT_DELAY_MS: '2' };
const SEATS = 100;

async function race(system: System, deliverAgain: () => Promise<void>): Promise<void> {
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
async function deliverAgainOnRedis({ redis }: Pick<SystemOnRedis, 'redis'>): Promise<void> {
  for (const publisher of services) {
    for (const group of listenersOf(publisher)) {
      const setBack = () => redis.command('XGROUP', 'SETID', streamOf(publisher), group, '0');
      await until(`${group} reads ${streamOf(publisher)}`, setBack);
    }
  }
}

/** Kills the process and sets every reader back to the beginning of its logs. */
async function deliverAgainEmbedded(system: System): Promise<void> {
  await system.processes.system?.kill();
  for (const service of services) {
    const database = new Database(join(system.folder, `${service}.sqlite`));
    database.exec('update log_position set seq = 0, starts = 0');
    database.close();
  }
  await system.restart('system');
}

describe('320 bookings at once on 100 seats', () => {
  it('sells no seat twice and loses none, on the embedded transport', async () => {
    await using system = await startEmbedded(FAILING_PROVIDER);
    await race(system, () => deliverAgainEmbedded(system));
  });

  it('sells no seat twice and loses none, on Redis', requires('redis-server').options, async () => {
    await using system = await startOnRedis(FAILING_PROVIDER);
    await race(system, () => deliverAgainOnRedis(system));
  });

  it(
    'sells no seat twice and loses none, by three replicas of each service on Postgres',
    requires('redis-server', 'postgres').options,
    async () => {
      await using system = await startOnPostgres(FAILING_PROVIDER);
      await race(system, () => deliverAgainOnRedis(system));
    },
  );
});
