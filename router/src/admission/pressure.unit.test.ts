import { expect, test } from 'vitest';
import { Pressure } from './pressure.ts';

function start() {
  let now = 0;
  const pressure = new Pressure(() => now);
  const clients = Array.from({ length: 100 }, (_, i) => `client ${i}`);
  return {
    pressure,
    /** So many clients are refused and operations done, and then so much time passes. */
    window: (refused: number, done: number, ms = 50) => {
      for (const client of clients.slice(0, refused)) pressure.refused(client);
      for (let i = 0; i < done; i += 1) pressure.done();
      now += ms;
    },
  };
}

test('it is high while more clients are refused than operations done, window by window', () => {
  const { pressure, window } = start();
  expect(pressure.isHigh).toBe(false);
  window(11, 10);
  expect(pressure.isHigh).toBe(true);
  window(100, 10, 49);
  expect(pressure.isHigh).toBe(true);
  window(0, 100, 1);
  expect(pressure.isHigh).toBe(false);
});

test('it is not for as many, nor for one client however often that is refused', () => {
  const { pressure, window } = start();
  window(10, 10);
  expect(pressure.isHigh).toBe(false);
  for (let i = 0; i < 1_000; i += 1) window(1, 0, 0);
  window(0, 9);
  expect(pressure.isHigh).toBe(false);
});

test('it is judged by ten at least, which may take longer', () => {
  const { pressure, window } = start();
  window(5, 1);
  expect(pressure.isHigh).toBe(false);
  window(9, 0);
  expect(pressure.isHigh).toBe(true);
});

test('it outlasts a pause of the loop, but not the load', () => {
  const { pressure, window } = start();
  window(20, 1, 300);
  expect(pressure.isHigh).toBe(true);
  window(0, 0, 1_000);
  expect(pressure.isHigh).toBe(false);
  window(20, 1, 1_000);
  expect(pressure.isHigh).toBe(false);
});
