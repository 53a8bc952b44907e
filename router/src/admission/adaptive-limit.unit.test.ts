import { expect, test } from 'vitest';
import { AdaptiveLimit } from './adaptive-limit.ts';

const READ = {};
const BOOKING = {};

/** A system that does so much work at once without being slower, and a limit that is used up all the time. */
function underLoad(max: number) {
  let now = 0;
  let isPressed = false;
  const limit = new AdaptiveLimit({ max, now: () => now, isPressed: () => isPressed });
  /** Operations at once, of a system that does `capacity` of them in the time that one takes alone. */
  const round = (running: number, capacity: number, took: (work: object) => number) => {
    const slowness = Math.max(1, running / capacity);
    const works = Array.from({ length: running }, (_, i) => (i % 4 === 0 ? BOOKING : READ));
    const begun = works.map((_, i) => limit.begin(i + 1));
    now += 60;
    for (const [i, work] of works.entries()) {
      // As it is measured; the round as a whole takes as long as a window.
      limit.end(work, (begun[i] ?? 0) + 60 - took(work) * slowness);
    }
  };
  return {
    limit,
    press: (pressed: boolean) => {
      isPressed = pressed;
    },
    calm: (rounds: number, took = usual) => {
      for (let i = 0; i < rounds; i += 1) round(8, 8, took);
    },
    full: (rounds: number, capacity: number, took = usual) => {
      for (let i = 0; i < rounds; i += 1) round(limit.current, capacity, took);
    },
  };
}

const usual = (work: object): number => (work === BOOKING ? 40 : 4);

test('it begins at its most, and stays there while nothing is slow', () => {
  const { limit, calm, full } = underLoad(256);
  expect(limit.current).toBe(256);
  calm(10);
  full(20, 256);
  expect(limit.current).toBe(256);
});

test('it falls to what is done at once in twice the usual time', () => {
  const { limit, calm, full } = underLoad(256);
  calm(10);
  full(100, 30);
  expect(limit.current).toBeGreaterThan(45);
  expect(limit.current).toBeLessThan(75);
});

test('what takes long by itself is no reason', () => {
  const { limit, calm, full } = underLoad(256);
  calm(10, (work) => 5 * usual(work));
  full(50, 256, (work) => 5 * usual(work));
  expect(limit.current).toBe(256);
});

test('it rises again once more is done', () => {
  const { limit, calm, full } = underLoad(256);
  calm(10);
  full(100, 30);
  full(100, 200);
  expect(limit.current).toBeGreaterThan(200);
});

test('where work has become slower for good, that is usual some time', () => {
  const { limit, calm, full } = underLoad(256);
  calm(10);
  full(100, 8, (work) => 6 * usual(work));
  expect(limit.current).toBeLessThan(64);
  full(1_000, 256, (work) => 6 * usual(work));
  expect(limit.current).toBe(256);
});

test('it falls to two where far more comes than can be done', () => {
  const { limit, calm, full, press } = underLoad(256);
  calm(10);
  press(true);
  full(150, 0.5);
  expect(limit.current).toBe(2);
  press(false);
  expect(limit.current).toBe(32);
});

test('also then, where work has become slower for good, that is usual some time', () => {
  const { limit, calm, full, press } = underLoad(256);
  calm(10);
  press(true);
  full(150, 1);
  full(1_000, 256, (work) => 10 * usual(work));
  expect(limit.current).toBe(256);
});

test('under pressure, waiting for each other is not taken for usual', () => {
  const { limit, calm, full, press } = underLoad(256);
  calm(10);
  press(true);
  full(1_000, 4);
  expect(limit.current).toBeLessThan(11);
});

test.each([1, 4, 32])('of %d at most it leaves all', (max) => {
  const { limit, calm, full } = underLoad(max);
  calm(10);
  full(50, 1);
  expect(limit.current).toBe(max);
});
