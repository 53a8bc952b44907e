import { requires } from '@airline/testing';
import { describe, it } from 'vitest';
import { inFile, OPERATOR_TOKEN, rebuildWhileBooking } from './operators.ts';
import { startOnPostgres, startOnRedis } from './system.ts';

describe('the dashboard is rebuilt while customers book', () => {
  it('on Redis', requires('redis-server').options, async () => {
    await using system = await startOnRedis({ OPERATOR_TOKEN, PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, inFile(system));
  });

  it('by three replicas on Postgres', requires('redis-server', 'postgres').options, async () => {
    await using system = await startOnPostgres({ OPERATOR_TOKEN, PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, (statement) => system.select('dashboard', statement));
  });
});
