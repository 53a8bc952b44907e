import { freePort, requires } from '@airline/testing';
import { describe, expect, it } from 'vitest';
import { settleWell } from './at-rest.ts';
import { dashboardRebuild, inFile, load, OPERATOR_TOKEN, rebuildWhileBooking } from './operators.ts';
import { startEmbedded, startOnRedis } from './system.ts';

describe('the dashboard is rebuilt while customers book', () => {
  it('on the embedded transport', async () => {
    await using system = await startEmbedded({ OPERATOR_TOKEN, PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, inFile(system));
  });
});

it(
  'after a loss of the dashboard’s database, whose events nobody delivers again',
  requires('redis-server').options,
  async () => {
    await using system = await startOnRedis({ OPERATOR_TOKEN });
    const acknowledged = await load(system, 1);
    await settleWell(system, acknowledged);
    const spoil = inFile(system);
    for (const table of ['customer_info', 'saga_step', 'inbox']) await spoil(`delete from ${table}`);
    expect(await dashboardRebuild(system.url)).toContain('6 customers recounted');
    await settleWell(system, acknowledged);
  },
);

it('says what to do when it may not, or cannot', async () => {
  await using system = await startEmbedded({ OPERATOR_TOKEN });
  const failing = (url: string, token?: string) => dashboardRebuild(url, token).catch(({ stderr }) => stderr);
  expect(await failing(system.url, 'guess')).toContain('OPERATOR_TOKEN is not the token');
  expect(await failing(system.url, '')).toMatch(/^OPERATOR_TOKEN is not set: /);
  expect(await failing(`http://127.0.0.1:${await freePort()}/graphql`)).toMatch(
    /ECONNREFUSED.*correct ROUTER_URL/,
  );
});
