import { happened } from '@airline/testing/scenario';
import { describe, test } from 'vitest';
import { canceledFor, given, LATER, pending, succeeded } from '../reservation.fixture.ts';
import { whenPaid } from './when-paid.ts';

const paid = whenPaid(
  happened(
    'Paid',
    { paymentId: 'p1', reservationId: 'r1', customerId: 'c1', cost: 600_000, currency: 'KRW' },
    { time: LATER },
  ),
);

describe('when paid', () => {
  test('a pending reservation succeeds', () => {
    given({ reservation: [pending] })
      .when(paid)
      .thenPublished({
        type: 'ReservationSucceeded',
        data: { reservationId: 'r1', customerId: 'c1', flightId: 'f1' },
      })
      .thenHolds({ reservation: [succeeded] });
  });

  test.each([
    ['that succeeded', [succeeded]],
    ['that was canceled meanwhile', [canceledFor('CUSTOMER')]],
    ['that expired meanwhile', [canceledFor('EXPIRED')]],
    ['that is not there', []],
  ])('a reservation %s stays as it is', (_which, reservation) => {
    given({ reservation }).when(paid).thenNothing();
  });
});
