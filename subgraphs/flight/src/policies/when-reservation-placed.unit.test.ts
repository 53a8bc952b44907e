import { describe, expect, test } from 'vitest';
import { ace890, canceled, given, hold, left, placed } from '../flight.fixture.ts';

const decreased = {
  type: 'RemainingSeatsDecreased',
  data: {
    flightId: 'ace890',
    reservationId: 'r1',
    customerId: 'c1',
    seatQty: 3,
    cost: 200_000,
    currency: 'EUR',
    remainingSeatsCount: 2,
  },
} as const;

const soldOut = (reason: 'SEATS_SOLD_OUT' | 'FLIGHT_NOT_FOUND' | 'FLIGHT_DEPARTED', flightId = 'ace890') =>
  ({ type: 'SeatsSoldOut', data: { flightId, reservationId: 'r1', seatQty: 3, reason } }) as const;

describe('when a reservation is placed', () => {
  test('holds its seats at the current price', () => {
    given({ flight: [ace890] })
      .when(placed())
      .thenPublished(decreased)
      .thenHolds({ flight: [left(2)], hold: [hold('HELD')] });
  });

  test('holds them at a price in the currency of the flight', () => {
    given({ flight: [{ ...ace890, currency: 'EUR' }] })
      .when(placed())
      .thenPublished({ ...decreased, data: { ...decreased.data, currency: 'EUR' } });
  });

  test('holds the last seats', () => {
    const { rows } = given({ flight: [left(3)] }).when(placed());
    expect(rows).toEqual({ flight: [left(0)], hold: [hold('HELD')] });
  });

  test.each([
    ['too few seats are left', [left(2)], {}, soldOut('SEATS_SOLD_OUT')],
    ['no seats are left', [left(0)], {}, soldOut('SEATS_SOLD_OUT')],
    ['there is no such flight', [ace890], { flightId: 'none' }, soldOut('FLIGHT_NOT_FOUND', 'none')],
    ['it departed before', [ace890], { reserveDate: '2025-12-26' }, soldOut('FLIGHT_DEPARTED')],
    ['it departed before, full', [left(0)], { reserveDate: '2025-12-26' }, soldOut('FLIGHT_DEPARTED')],
  ])('refuses when %s, and takes nothing', (_why, flight, but, refusal) => {
    given({ flight })
      .when(placed(but))
      .thenPublished(refusal)
      .thenHolds({ flight, hold: [{ ...hold('REFUSED', 0), flightId: refusal.data.flightId }] });
  });

  test('sells seats for the day of take-off', () => {
    given({ flight: [ace890] })
      .when(placed({ reserveDate: '2025-12-25' }))
      .thenPublished(decreased);
  });

  test.each(['HELD', 'REFUSED', 'RELEASED'] as const)('decides once: nothing when it is %s', (status) => {
    given({ flight: [ace890], hold: [hold(status)] })
      .when(placed())
      .thenNothing();
  });

  test('stays refused, even after seats are released', () => {
    given({ flight: [left(2)] })
      .when(placed())
      .thenPublished(soldOut('SEATS_SOLD_OUT'));
    given({ flight: [left(5)], hold: [hold('REFUSED', 0)] })
      .when(placed())
      .thenNothing();
  });

  test('takes no seats after its cancellation', () => {
    given({ flight: [ace890] })
      .when(canceled(), placed())
      .thenPublished()
      .thenHolds({ flight: [ace890], hold: [hold('RELEASED', 0)] });
  });
});
