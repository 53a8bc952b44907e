import { freePort } from '@airline/testing';
import { identityEnv, tokenFor } from '@airline/testing/identity';
import { describe, expect, test } from 'vitest';
import { dashboardRebuild, inFile, rebuildWhileBooking } from './operators.ts';
import { startEmbedded } from './system.ts';

describe('the dashboard is rebuilt while customers book', () => {
  test('on the embedded transport', async () => {
    await using system = await startEmbedded({ PAYMENT_DELAY_MS: '2' });
    await rebuildWhileBooking(system, inFile(system));
  });
});

test('is for operators, and says what to do when it may not, or cannot', async () => {
  await using system = await startEmbedded(identityEnv);
  const failing = (url: string, token?: string) => dashboardRebuild(url, token).catch(({ stderr }) => stderr);
  const tokenOf = (role: 'staff' | 'operator') => tokenFor({ subject: 'kim', roles: [role] });
  expect(await failing(system.url)).toContain(
    '(UNAUTHENTICATED): set ACCESS_TOKEN to a token of an operator',
  );
  expect(await failing(system.url, await tokenOf('staff'))).toContain(
    '(FORBIDDEN): ACCESS_TOKEN is of a caller who is no operator',
  );
  expect(await dashboardRebuild(system.url, await tokenOf('operator'))).toContain('0 customers recounted');
  expect(await failing(`http://127.0.0.1:${await freePort()}/graphql`)).toMatch(
    /ECONNREFUSED.*correct ROUTER_URL/,
  );
});
