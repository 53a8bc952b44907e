import { happened } from '@airline/testing/scenario';
import { describe, test } from 'vitest';
import { canceledFor, given, LATER, pending, reservationCanceled } from '../reservation.fixture.ts';
import { whenSeatsSoldOut } from './when-seats-sold-out.ts';

const reasons = ['SEATS_SOLD_OUT', 'FLIGHT_NOT_FOUND', 'FLIGHT_DEPARTED'] as const;

const soldOut = (reason: (typeof reasons)[number]) => {
  const data = { flightId: 'f1', reservationId: 'r1', seatQty: 3, reason };
  return whenSeatsSoldOut(happened('SeatsSoldOut', data, { time: LATER }));
};

describe('when seats are sold out', () => {
  test.each(reasons)('the reservation is canceled with the reason of the event: %s', (reason) => {
    given({ reservation: [pending] })
      .when(soldOut(reason))
      .thenPublished(reservationCanceled(reason))
      .thenHolds({ reservation: [canceledFor(reason)] });
  });

  test('a repeated event cancels it once', () => {
    given({ reservation: [pending] })
      .when(soldOut('SEATS_SOLD_OUT'))
      .when(soldOut('SEATS_SOLD_OUT'))
      .thenNothing();
  });
});
