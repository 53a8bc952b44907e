import { expect, test } from 'vitest';
import {
  dayOf,
  formatDate,
  formatDay,
  formatDuration,
  formatFullMoment,
  formatMoment,
  formatMoney,
  formatPercent,
  zoneOf,
} from './format.ts';

test('money is in won, which have no smaller unit', () => {
  expect(formatMoney(200_000, 'en', 'KRW')).toBe('₩200,000');
  expect(formatMoney(200_000, 'ko', 'KRW')).toBe('₩200,000');
});

test('money of another currency is in its smallest unit, too', () => {
  expect(formatMoney(19_950, 'en', 'USD')).toBe('$199.50');
  expect(formatMoney(19_950, 'ko', 'EUR')).toBe('€199.50');
  expect(formatMoney(19_950, 'en', 'KWD')).toBe('KWD\u00a019.950');
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

test.each([
  ['2026-11-22T23:59:00Z', 'today 08:59', '오늘 08:59'],
  ['2026-11-22T14:59:59Z', 'yesterday 23:59', '어제 23:59'],
  ['2026-11-21T14:00:00Z', 'Nov 21 23:00', '11월 21일 23:00'],
  ['2025-12-31T14:59:00Z', 'Dec 31, 2025 23:59', '2025년 12월 31일 23:59'],
  ['2026-11-23T15:00:00Z', 'Nov 24 00:00', '11월 24일 00:00'],
])('%s is %s in Seoul on November 23', (instant, inEnglish, inKorean) => {
  const options = { today: '2026-11-23', timeZone: 'Asia/Seoul' };
  expect(formatMoment(Date.parse(instant), 'en', options)).toBe(inEnglish);
  expect(formatMoment(Date.parse(instant), 'ko', options)).toBe(inKorean);
});

test('the whole of an instant has its day, second and zone', () => {
  const instant = Date.UTC(2026, 10, 22, 15, 0, 5);
  expect(formatMoment(instant, 'en', { today: '2026-11-23', hasSeconds: true, timeZone: 'Asia/Seoul' })).toBe(
    'today 00:00:05',
  );
  expect(formatFullMoment(instant, 'en', 'Asia/Seoul')).toBe('Mon, Nov 23, 2026, 00:00:05 GMT+9');
  expect(zoneOf(instant, 'Asia/Seoul')).toBe('Asia/Seoul (GMT+9)');
});
