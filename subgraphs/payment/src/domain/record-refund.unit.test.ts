import { describe, test } from 'vitest';
import { ANSWERED_AT, facts, given, payment } from '../payment.fixture.ts';
import type { Known, PaymentStatus } from './model.ts';
import { recordRefund } from './record-refund.ts';

const givenBack = { keys: { payment: 'r1' }, decide: (known: Known) => recordRefund(known, ANSWERED_AT) };

describe('a refund', () => {
  test('is recorded, and told', () => {
    given({ payment: [payment('REFUNDING', { canceled: 1 })] })
      .when(givenBack)
      .thenPublished({ type: 'PaymentRefunded', data: facts })
      .thenHolds({
        payment: [payment('REFUNDED', { canceled: 1, refundedAt: ANSWERED_AT, updatedAt: ANSWERED_AT })],
      });
  });

  test.each<PaymentStatus>(['PENDING', 'PAID', 'DECLINED', 'REFUNDED', 'VOID'])(
    'of a payment that is %s changes nothing',
    (status) => {
      given({ payment: [payment(status)] })
        .when(givenBack)
        .thenNothing();
    },
  );

  test('of no payment changes nothing', () => {
    given().when(givenBack).thenNothing();
  });
});
