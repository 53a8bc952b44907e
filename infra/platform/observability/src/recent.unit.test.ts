import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

const NAME = 'graphql_operation_duration_seconds';
const labels = { operation: 'a', type: 'query', outcome: 'ok' };

/** Metrics of a process that was started at a full minute, and its clock in seconds from then. */
function start() {
  let now = 600_000;
  const metrics = createMetrics({ now: () => now });
  const at = (seconds: number) => {
    now = 600_000 + seconds * 1000;
  };
  return { metrics, at };
}

test('of what was observed, whatever its labels, the rate and the 95th percentile are known', () => {
  const { metrics, at } = start();
  for (let each = 0; each < 94; each += 1) metrics.observe(NAME, 0.003, { ...labels, outcome: 'errors' });
  for (let each = 0; each < 6; each += 1) metrics.observe(NAME, 0.2, labels);
  at(20);
  const { perSecond, p95 } = metrics.recent(NAME);
  expect(perSecond).toBe(5);
  // A sixth of the way through the bucket from 100 ms to 250 ms.
  expect(p95).toBeCloseTo(0.1 + 0.15 / 6);
});

test('what is a minute old is not counted any longer', () => {
  const { metrics, at } = start();
  metrics.observe(NAME, 20, labels);
  at(59);
  metrics.observe(NAME, 0.0005, labels);
  expect(metrics.recent(NAME)).toEqual({ perSecond: 2 / 59, p95: 10 });
  at(61);
  expect(metrics.recent(NAME).perSecond).toBe(1 / 51);
  expect(metrics.recent(NAME).p95).toBeLessThan(0.001);
  at(200);
  expect(metrics.recent(NAME)).toEqual({ perSecond: 0, p95: undefined });
});

test('what was never observed has no percentile, also at the start', () => {
  const { metrics } = start();
  expect(metrics.recent(NAME)).toEqual({ perSecond: 0, p95: undefined });
});
