import { describe, test } from 'vitest';
import { CANCELED_AT, canceled, given, payment, seatsHeld } from '../payment.fixture.ts';

describe('when seats are held', () => {
  test('intends to charge the seats at the price at which they were held', () => {
    given()
      .when(seatsHeld())
      .thenPublished()
      .thenHolds({ payment: [payment('PENDING')] });
  });

  test('intends to charge nothing for seats that cost nothing', () => {
    given()
      .when(seatsHeld(0))
      .thenHolds({ payment: [payment('PENDING', { cost: 0 })] });
  });

  test.each(['PENDING', 'PAID', 'DECLINED', 'REFUNDING', 'REFUNDED', 'VOID'] as const)(
    'charges once: nothing when the payment is %s',
    (status) => {
      given({ payment: [payment(status)] })
        .when(seatsHeld())
        .thenNothing();
    },
  );

  test('charges nothing after the cancellation', () => {
    given()
      .when(canceled, seatsHeld())
      .thenPublished()
      .thenHolds({
        payment: [payment('VOID', { cost: 0, currency: 'XXX', canceled: 1, updatedAt: CANCELED_AT })],
      });
  });
});
