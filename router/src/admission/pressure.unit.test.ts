import { expect, test } from 'vitest';
import { Pressure } from './pressure.ts';

function start() {
  let now = 0;
  const pressure = new Pressure(() => now);
  return {
    pressure,
    /** So many are refused and done, and then so much time passes. */
    window: (refused: number, done: number, ms = 50) => {
      for (let i = 0; i < refused; i += 1) pressure.refused();
      for (let i = 0; i < done; i += 1) pressure.done();
      now += ms;
    },
  };
}

test('it is high while more is refused than done, window by window', () => {
  const { pressure, window } = start();
  expect(pressure.isHigh).toBe(false);
  window(11, 10);
  expect(pressure.isHigh).toBe(true);
  window(100, 10, 49);
  expect(pressure.isHigh).toBe(true);
  window(0, 100, 1);
  expect(pressure.isHigh).toBe(false);
});

test('it is not for a few that are refused', () => {
  const { pressure, window } = start();
  window(10, 10);
  expect(pressure.isHigh).toBe(false);
});

test('it is not for what is long over', () => {
  const { pressure, window } = start();
  window(100, 1, 100);
  expect(pressure.isHigh).toBe(false);
  window(100, 1);
  expect(pressure.isHigh).toBe(true);
  window(0, 0, 1_000);
  expect(pressure.isHigh).toBe(false);
});
