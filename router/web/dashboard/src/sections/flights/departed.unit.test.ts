import { expect, test } from 'vitest';
import { isDeparted } from './departed.ts';

test.each([
  ['2026-11-21', true],
  ['2026-11-22', false],
  ['2026-12-25', false],
  ['', false],
])('a flight on %j has departed on the 22nd of November: %s', (takeoffDate, expected) => {
  expect(isDeparted({ takeoffDate }, '2026-11-22')).toBe(expected);
});
