import { expect, test } from 'vitest';
import { plainReference } from '../../data/reference.ts';
import { en } from '../../texts/en.ts';
import { bookingFilterOf, conditionsOf } from './booking-query.ts';

const read = (text: string) => bookingFilterOf(new URLSearchParams(text));

test.each([
  ['', {}],
  ['reference=7k3m-9qxt&customer=1', { reference: '7k3m-9qxt', customerId: '1' }],
  ['status=PENDING', { status: 'PENDING' }],
  ['status=PAYMENT_DECLINED', { cancelReason: 'PAYMENT_DECLINED' }],
  ['status=constructor&booked-from=yesterday', {}],
  ['booked-from=2026-02-31&booked-to=10000-01-01', {}],
])('%s', (text, filter) => {
  expect(read(text)).toEqual(filter);
});

test.each([
  '0190163d-8694-739b-aea5-966c26f8ad91',
  'https://airline.example/bookings/0190163d-8694-739b-aea5-966c26f8ad91?lang=ko',
  '/bookings/DGKF-HBCH#history',
  ' DGKF-HBCH ',
])('%s is the reference that it leads to', (reference) => {
  const search = String(new URLSearchParams({ reference }));
  expect(plainReference(read(search).reference ?? '')).toBe('DGKFHBCH');
});

test('a day is from its first moment where the reader is to that of the next one', () => {
  const { placedFrom, placedTo } = read('booked-from=2026-03-01&booked-to=2026-03-01');
  expect(placedFrom).toBe(new Date(2026, 2, 1).toISOString());
  expect(placedTo).toBe(new Date(2026, 2, 2).toISOString());
});

test('each thing that was searched for is said in words', () => {
  const said = (text: string) =>
    conditionsOf(new URLSearchParams(text), (id) => `KE${id}`, { language: 'en', texts: en });
  expect(
    said(
      'reference=7k3m-9qxt&customer=kim&flight=1&status=PENDING&booked-from=2026-03-01&booked-to=2026-03-31',
    ),
  ).toEqual([
    'reference “7k3m-9qxt”',
    'customer is exactly “kim”',
    'flight KE1',
    'status “Pending”',
    'booked on or after Mar 1, 2026',
    'booked on or before Mar 31, 2026',
  ]);
  expect(said('status=EXPIRED')).toEqual([`status “${en.reason.EXPIRED}”`]);
  expect(said('reference=&status=constructor&booked-from=yesterday')).toEqual([]);
});
