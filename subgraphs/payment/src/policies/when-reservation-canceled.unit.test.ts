import { describe, test } from 'vitest';
import type { PaymentStatus } from '../domain/model.ts';
import { CANCELED_AT, canceled, given, payment } from '../payment.fixture.ts';

describe('when a reservation is canceled', () => {
  test('without a payment yet, leaves a tombstone, once', () => {
    given()
      .when(canceled)
      .thenPublished()
      .thenHolds({
        payment: [payment('VOID', { cost: 0, currency: 'XXX', canceled: 1, updatedAt: CANCELED_AT })],
      })
      .when(canceled)
      .thenNothing();
  });

  test.each<[PaymentStatus, PaymentStatus, string]>([
    ['PAID', 'REFUNDING', 'it is to be refunded'],
    ['PENDING', 'PENDING', 'the charge under way is seen to its end first'],
    ['DECLINED', 'DECLINED', 'no money had moved'],
  ])('a payment that is %s becomes %s: %s', (before, after) => {
    given({ payment: [payment(before)] })
      .when(canceled)
      .thenPublished()
      .thenHolds({ payment: [payment(after, { canceled: 1, updatedAt: CANCELED_AT })] });
  });

  test.each<PaymentStatus>(['PENDING', 'DECLINED', 'REFUNDING', 'REFUNDED', 'VOID'])(
    'once is enough: nothing when it is canceled and %s',
    (status) => {
      given({ payment: [payment(status, { canceled: 1 })] })
        .when(canceled)
        .thenNothing();
    },
  );
});
