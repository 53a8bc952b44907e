import { expect, test } from 'vitest';
import { dayOf, formatDate, formatDay, formatDuration, formatMoney, formatPercent } from './format.ts';

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

test('the day is that of where the reader is', () => {
  const instant = Date.UTC(2026, 10, 22, 23, 59);
  expect(dayOf(instant, 'UTC')).toBe('2026-11-22');
  expect(dayOf(instant, 'Asia/Seoul')).toBe('2026-11-23');
  expect(dayOf(instant, 'America/Los_Angeles')).toBe('2026-11-22');
});

test('a day that people plan for has its day of the week', () => {
  expect(formatDay('2026-12-25', 'en')).toBe('Fri, Dec 25, 2026');
  expect(formatDay('2026-12-25', 'ko')).toBe('2026년 12월 25일 (금)');
});
