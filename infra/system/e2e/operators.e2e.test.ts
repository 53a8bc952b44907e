import { freePort } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { dashboardRebuild, inFile, OPERATOR_TOKEN, rebuildWhileBooking } from './operators.ts';
import { startEmbedded } from './system.ts';

describe('the dashboard is rebuilt while customers book', () => {
  test('on the embedded transport', async () => {
    await using system = await startEmbedded({ OPERATOR_TOKEN, PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, inFile(system));
  });
});

test('says what to do when it may not, or cannot', async () => {
  await using system = await startEmbedded({ OPERATOR_TOKEN });
  const failing = (url: string, token?: string) => dashboardRebuild(url, token).catch(({ stderr }) => stderr);
  expect(await failing(system.url, 'guess')).toContain('OPERATOR_TOKEN is not the operator token');
  expect(await failing(system.url, '')).toMatch(/^OPERATOR_TOKEN is not set\. /);
  expect(await failing(`http://127.0.0.1:${await freePort()}/graphql`)).toMatch(
    /ECONNREFUSED.*correct ROUTER_URL/,
  );
});
