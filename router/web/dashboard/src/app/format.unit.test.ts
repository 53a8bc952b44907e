import { expect, test } from 'vitest';
import { dayOf, formatDate, formatDuration, formatMoney, formatPercent } from './format.ts';

test('money is in won, which have no smaller unit', () => {
  expect(formatMoney(200_000, 'en')).toBe('₩200,000');
  expect(formatMoney(200_000, 'ko')).toBe('₩200,000');
});

test('a date of the calendar is the same day everywhere', () => {
  expect(formatDate('2025-12-25', 'en')).toBe('Dec 25, 2025');
  expect(formatDate('2025-12-25', 'ko')).toBe('2025. 12. 25.');
  expect(formatDate('someday', 'en')).toBe('someday');
});

test.each([
  [0, '0 ms'],
  [1_234, '1,234 ms'],
  [12_340, '12.3 sec'],
  [600_000, '10 min'],
])('%d ms are formatted as %s', (ms, expected) => {
  expect(formatDuration(ms, 'en')).toBe(expected);
});

test.each([
  [0, '0%'],
  [0.004, '0.4%'],
  [0.666, '67%'],
])('a share of %d is %s', (share, expected) => {
  expect(formatPercent(share, 'en')).toBe(expected);
});

test('days are those of UTC', () => {
  expect(dayOf(Date.UTC(2026, 10, 22, 23, 59))).toBe('2026-11-22');
});
