import { requires } from '@airline/testing';
import { describe, test } from 'vitest';
import { deliverAgainOnRedis, FAILING_PROVIDER, race } from './race.ts';
import { startOnPostgres } from './system.ts';

describe('320 bookings at once on 100 seats', () => {
  test(
    'sells no seat twice and loses none, by three replicas of each service on Postgres',
    requires('redis-server', 'postgres').options,
    async () => {
      await using system = await startOnPostgres(FAILING_PROVIDER);
      await race(system, () => deliverAgainOnRedis(system));
    },
  );
});
