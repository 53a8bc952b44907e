import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchLag } from './lag.ts';

test('the lag is how late a timer is, also while it is due, and none once it is not', async () => {
  let ahead = 0;
  const lag = watchLag(() => performance.now() + ahead);
  ahead = 10_000;
  expect(lag.lagMs()).toBeGreaterThan(9_000);
  await delay(60);
  await delay(60);
  expect(lag.lagMs()).toBeLessThan(9_000);
  lag.stop();
});
