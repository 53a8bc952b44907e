import { expect, test } from 'vitest';
import { measureCosts } from './measure.ts';

test('responses are no larger than the estimated cost of generated operations allows', async () => {
  const samples = await measureCosts({ operations: 40, seed: 7, customers: 4, flights: 20, runs: 0 });
  expect(samples).toHaveLength(40);
  for (const { query, cost, bytes } of samples) {
    expect(bytes, query).toBeLessThan(100 * cost);
    expect(bytes, query).toBeLessThan(1_000_000);
  }
  expect(Math.max(...samples.map(({ cost }) => cost))).toBeGreaterThan(1_000);
}, 120_000);
