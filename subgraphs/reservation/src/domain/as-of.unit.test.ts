import { happened } from '@airline/testing/scenario';
import { describe, expect, test } from 'vitest';
import { canceledFor, LATER, PLACED_AT, pending, succeeded } from '../reservation.fixture.ts';
import { asOf, isAfter } from './as-of.ts';

const { id: reservationId, customerId, flightId, seatQty, reserveDate } = pending;
const ids = { reservationId, customerId, flightId };
const BETWEEN = '2024-11-21T10:00:03.000Z';
const placed = happened('ReservationPlaced', { ...ids, seatQty, reserveDate }, { time: PLACED_AT });
const paid = happened('ReservationSucceeded', ids, { time: BETWEEN });
const canceled = happened('ReservationCanceled', { ...ids, seatQty, reason: 'CUSTOMER' }, { time: LATER });
const ended = canceledFor('CUSTOMER');

describe('a reservation as of an event', () => {
  test.each([
    ['its placement', placed, pending],
    ['its success', paid, { ...succeeded, updatedAt: BETWEEN }],
    ['its cancellation', canceled, ended],
  ] as const)('is, once it is canceled, as it was after %s', (_which, event, expected) => {
    expect(asOf(event, ended)).toEqual(expected);
  });

  test('is the reservation itself where nothing has happened since', () => {
    expect(asOf(paid, succeeded)).toBe(succeeded);
  });
});

test.each([
  [placed, pending, false],
  [paid, pending, true],
  [canceled, pending, true],
  [paid, succeeded, false],
  [canceled, succeeded, true],
  [paid, ended, false],
  [canceled, ended, false],
] as const)(
  '%#: an event is newer than a state only if it is of a later status',
  (event, state, expected) => {
    expect(isAfter(event, state)).toBe(expected);
  },
);
