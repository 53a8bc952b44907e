import { expect, test } from 'vitest';
import { breakerLimits, CircuitBreaker } from './circuit-breaker.ts';

const { failures, spanMs, probeMs } = breakerLimits;

function breaker(random = 0.5) {
  const changes: boolean[] = [];
  const tested = new CircuitBreaker({ random: () => random, changed: (isOpen) => changes.push(isOpen) });
  /** Failures, evenly from 0 to `spanMs`. */
  const failFor = (ms: number, count = failures) => {
    for (let nth = 0; nth < count; nth += 1) tested.failed((ms * nth) / (count - 1));
  };
  return { tested, changes, failFor };
}

test('opens when all requests fail for a while', () => {
  const { tested, changes, failFor } = breaker();
  failFor(spanMs);
  expect(tested.admits(spanMs)).toBe(false);
  expect(changes).toEqual([true]);
});

test('stays closed when a replica of several restarts', () => {
  const { tested, changes, failFor } = breaker();
  // All its connections are reset, and new ones refused, within less time than it takes to connect to another replica.
  failFor(spanMs - 1, 1_000);
  expect(tested.admits(spanMs - 1)).toBe(true);
  tested.succeeded();
  // Until its address is withdrawn, one connection of two is refused.
  for (let now = spanMs; now < 60 * spanMs; now += 1) {
    if (now % 2 === 0) tested.failed(now);
    else tested.succeeded();
  }
  expect(tested.admits(60 * spanMs)).toBe(true);
  expect(changes).toEqual([]);
});

test('stays closed by a few failures of a subgraph that has few requests', () => {
  const { tested, failFor } = breaker();
  failFor(100 * spanMs, failures - 1);
  expect(tested.admits(100 * spanMs)).toBe(true);
});

test('counts only failures in a row', () => {
  const { tested, failFor } = breaker();
  failFor(spanMs, failures - 1);
  tested.succeeded();
  tested.failed(2 * spanMs);
  tested.failed(4 * spanMs);
  expect(tested.admits(4 * spanMs)).toBe(true);
});

test('admits one probe a second, though the last has no outcome yet, and closes on a success', () => {
  const { tested, changes, failFor } = breaker();
  failFor(spanMs);
  expect(tested.admits(spanMs + probeMs - 1)).toBe(false);
  expect(tested.admits(spanMs + probeMs)).toBe(true);
  expect(tested.admits(spanMs + probeMs)).toBe(false);
  tested.failed(spanMs + probeMs + 1);
  expect(tested.admits(spanMs + 2 * probeMs - 1)).toBe(false);
  expect(tested.admits(spanMs + 2 * probeMs)).toBe(true);
  tested.succeeded();
  expect(tested.admits(spanMs + 2 * probeMs)).toBe(true);
  expect(changes).toEqual([true, false]);
});

test.each([
  [0, 0.75],
  [0.999, 1.25],
])('spreads the probes of several routers: %d', (random, share) => {
  const { tested, failFor } = breaker(random);
  failFor(spanMs);
  expect(tested.admits(spanMs + probeMs * share - 2)).toBe(false);
  expect(tested.admits(spanMs + probeMs * share)).toBe(true);
});
