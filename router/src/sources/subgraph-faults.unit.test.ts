import { expect, test } from 'vitest';
import { SubgraphFaults } from './subgraph-faults.ts';

test('a fault is new once, whatever else responds meanwhile, until all has been well for ten seconds', () => {
  const faults = new SubgraphFaults();
  expect(faults.failed('is unavailable', 0)).toBe(true);
  for (let now = 1_000; now < 60_000; now += 1_000) {
    faults.succeeded(now);
    expect(faults.failed('is unavailable', now)).toBe(false);
  }
  faults.succeeded(68_999);
  expect(faults.failed('is unavailable', 68_999)).toBe(false);
  faults.succeeded(78_999);
  expect(faults.failed('is unavailable', 79_000)).toBe(true);
});

test('faults of two reasons are two', () => {
  const faults = new SubgraphFaults();
  expect([faults.failed('is unavailable', 0), faults.failed('did not respond', 0)]).toEqual([true, true]);
});
