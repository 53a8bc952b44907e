import { describe, test } from 'vitest';
import { facts, given, payment, SETTLED_AT } from '../payment.fixture.ts';
import type { Known, PaymentStatus } from './model.ts';
import { recordRefund } from './record-refund.ts';

const refunded = { keys: { payment: 'r1' }, decide: (known: Known) => recordRefund(known, SETTLED_AT) };

describe('a refund', () => {
  test('is recorded and published', () => {
    given({ payment: [payment('REFUNDING', { canceled: 1 })] })
      .when(refunded)
      .thenPublished({ type: 'PaymentRefunded', data: facts })
      .thenHolds({
        payment: [payment('REFUNDED', { canceled: 1, refundedAt: SETTLED_AT, updatedAt: SETTLED_AT })],
      });
  });

  test.each<PaymentStatus>(['PENDING', 'PAID', 'DECLINED', 'REFUNDED', 'VOID'])(
    'of a payment that is %s changes nothing',
    (status) => {
      given({ payment: [payment(status)] })
        .when(refunded)
        .thenNothing();
    },
  );

  test('of no payment changes nothing', () => {
    given().when(refunded).thenNothing();
  });
});
