import { expect, test } from 'vitest';
import { flight } from '../../data/rows.fixture.ts';
import { readBooking, type TypedBooking } from './booking-input.ts';

const typed: TypedBooking = {
  customerId: ' c1 ',
  flightId: 'f1',
  seatQty: '1,000',
  reserveDate: '2026-12-25',
};
const known = flight({ takeoffDate: '2026-12-25', remainingSeatsCount: 5 });

test('a filled form is what is sent, also of more seats than there are: the flight decides that', () => {
  const input = { customerId: 'c1', flightId: 'f1', seatQty: 1000, reserveDate: '2026-12-25' };
  expect(readBooking(typed, known)).toEqual({ input });
  expect(readBooking(typed, undefined)).toEqual({ input });
});

test.each<[Partial<TypedBooking>, string, string]>([
  [{ customerId: ' ' }, 'customerId', 'BAD_USER_INPUT'],
  [{ customerId: '\u200b\u2060' }, 'customerId', 'BAD_USER_INPUT'],
  [{ flightId: '' }, 'flightId', 'BAD_USER_INPUT'],
  [{ seatQty: '' }, 'seatQty', 'BAD_USER_INPUT'],
  [{ seatQty: '0' }, 'seatQty', 'BAD_USER_INPUT'],
  [{ seatQty: 'two' }, 'seatQty', 'BAD_USER_INPUT'],
  [{ reserveDate: '' }, 'reserveDate', 'BAD_USER_INPUT'],
  [{ reserveDate: '2026-12-26' }, 'reserveDate', 'FLIGHT_DEPARTED'],
])('with %j it says so at %s', (wrong, field, code) => {
  expect(readBooking({ ...typed, ...wrong }, known)).toEqual({ problem: { code, field, message: '' } });
});

test('a sold out flight is not booked', () => {
  expect(readBooking(typed, { ...known, remainingSeatsCount: 0 })).toMatchObject({
    problem: { code: 'SOLD_OUT', field: 'flightId' },
  });
});
