import { expect, test } from 'vitest';
import { defaultReserveDate } from './reserve-date.ts';

test.each([
  [undefined, '2026-11-22'],
  ['2026-12-25', '2026-11-22'],
  ['2026-11-22', '2026-11-22'],
  ['2025-12-25', '2025-12-25'],
])('for a take-off on %s it is %s', (takeoffDate, expected) => {
  expect(defaultReserveDate('2026-11-22', takeoffDate)).toBe(expected);
});
