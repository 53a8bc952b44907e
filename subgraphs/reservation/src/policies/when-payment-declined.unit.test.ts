import { happened } from '@airline/testing/scenario';
import { describe, test } from 'vitest';
import { canceledFor, given, LATER, pending, reservationCanceled } from '../reservation.fixture.ts';
import { whenPaymentDeclined } from './when-payment-declined.ts';

const payment = { paymentId: 'p1', reservationId: 'r1', customerId: 'c1', cost: 600_000, currency: 'KRW' };
const declined = whenPaymentDeclined(happened('PaymentDeclined', payment, { time: LATER }));

describe('when a payment is declined', () => {
  test('the reservation is canceled for it', () => {
    given({ reservation: [pending] })
      .when(declined)
      .thenPublished(reservationCanceled('PAYMENT_DECLINED'))
      .thenHolds({ reservation: [canceledFor('PAYMENT_DECLINED')] });
  });

  test('one that the customer canceled meanwhile keeps that reason', () => {
    given({ reservation: [canceledFor('CUSTOMER')] })
      .when(declined)
      .thenNothing();
  });
});
