import { expect, test } from 'vitest';
import { en } from '../../texts/en.ts';
import { conditionsOf, flightQueryOf } from './flight-query.ts';

const read = (text: string) => flightQueryOf(new URLSearchParams(text));

test.each([
  ['', { filter: {}, order: 'REGISTERED', isDescending: true }],
  [
    'code=ace&departs-from=2026-03-01&departs-to=2026-03-31&seats=2&price-to=200,000&flights-by=departure',
    {
      filter: {
        flightCodePrefix: 'ace',
        takeoffDateFrom: '2026-03-01',
        takeoffDateTo: '2026-03-31',
        minRemainingSeats: 2,
        currency: 'KRW',
        costTo: 200_000,
      },
      order: 'DEPARTURE',
      isDescending: false,
    },
  ],
  [
    'departs-from=soon&seats=many&flights-by=constructor',
    { filter: {}, order: 'REGISTERED', isDescending: true },
  ],
  [
    'departs-from=2026-02-31&departs-to=10000-01-01&seats=2147483648',
    { filter: {}, order: 'REGISTERED', isDescending: true },
  ],
  [
    'departs-from=2024-02-29&departs-to=9999-12-31&seats=2147483647',
    {
      filter: {
        takeoffDateFrom: '2024-02-29',
        takeoffDateTo: '9999-12-31',
        minRemainingSeats: 2_147_483_647,
      },
      order: 'REGISTERED',
      isDescending: true,
    },
  ],
])('%s', (text, query) => {
  expect(read(text)).toEqual(query);
});

test('a price is one of a currency, in whose units it is', () => {
  expect(read('price-to=199.50&currency=EUR').filter).toEqual({ currency: 'EUR', costTo: 19_950 });
  expect(read('currency=EUR').filter).toEqual({ currency: 'EUR' });
  expect(read('currency=gold&price-to=5').filter).toEqual({ currency: 'KRW', costTo: 5 });
});

test('what was searched for is said in words', () => {
  const speech = { language: 'en', texts: en } as const;
  expect(conditionsOf(read('code=ace&seats=0&price-to=1000'), speech)).toEqual([
    'code begins with “ace”',
    '0 or more seats free',
    'at most ₩1,000 per seat',
  ]);
  expect(conditionsOf(read('flights-by=price'), speech)).toEqual([]);
  expect(
    conditionsOf(read('departs-from=2026-03-01&departs-to=2026-03-31&price-to=5&currency=EUR'), speech),
  ).toEqual([
    'departs on or after Mar 1, 2026',
    'departs on or before Mar 31, 2026',
    'at most €5.00 per seat',
  ]);
  expect(conditionsOf(read('currency=EUR'), speech)).toEqual(['priced in EUR']);
});
