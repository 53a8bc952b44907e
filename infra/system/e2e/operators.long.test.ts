import { requires } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { settleWell } from './at-rest.ts';
import { dashboardRebuild, inFile, load, rebuildWhileBooking } from './operators.ts';
import { startOnPostgres, startOnRedis } from './system.ts';

describe('the dashboard is rebuilt while customers book', () => {
  test('on Redis', requires('redis-server').options, async () => {
    await using system = await startOnRedis({ PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, inFile(system));
  });

  test('by three replicas on Postgres', requires('redis-server', 'postgres').options, async () => {
    await using system = await startOnPostgres({ PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, (statement) => system.select('dashboard', statement));
  });
});

test(
  'after a loss of the dashboard’s database, whose events are not delivered again',
  requires('redis-server').options,
  async () => {
    await using system = await startOnRedis();
    const acknowledged = await load(system, 1);
    await settleWell(system, acknowledged);
    const spoil = inFile(system);
    const counters = ['statistics_total', 'statistics_minute', 'statistics_latency', 'reservation_outcome'];
    for (const table of ['customer_info', 'saga_step', 'inbox', ...counters]) {
      await spoil(`delete from ${table}`);
    }
    expect(await dashboardRebuild(system.url)).toContain('6 customers recounted');
    await settleWell(system, acknowledged);
  },
);
