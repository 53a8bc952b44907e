import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { requires } from '@airline/testing';
import Database from 'better-sqlite3';
import { describe, test } from 'vitest';
import { deliverAgainOnRedis, FAILING_PROVIDER, race } from './race.ts';
import { type System, startEmbedded, startOnRedis } from './system.ts';

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
  test('sells no seat twice and loses none, on the embedded transport', async () => {
    await using system = await startEmbedded(FAILING_PROVIDER);
    await race(system, () => deliverAgainEmbedded(system));
  });

  test('sells no seat twice and loses none, on Redis', requires('redis-server').options, async () => {
    await using system = await startOnRedis(FAILING_PROVIDER);
    await race(system, () => deliverAgainOnRedis(system));
  });
});
