import { describe, test } from 'vitest';
import { facts, given, payment, SETTLED_AT } from '../payment.fixture.ts';
import type { Known, PaymentStatus } from './model.ts';
import { recordCharge } from './record-charge.ts';

const charged = (outcome: 'PAID' | 'DECLINED') => ({
  keys: { payment: 'r1' },
  decide: (known: Known) => recordCharge(known, outcome, SETTLED_AT),
});

describe('the outcome of a charge', () => {
  test('paid', () => {
    given({ payment: [payment('PENDING')] })
      .when(charged('PAID'))
      .thenPublished({ type: 'Paid', data: facts })
      .thenHolds({ payment: [payment('PAID', { paidAt: SETTLED_AT, updatedAt: SETTLED_AT })] });
  });

  test('paid for a reservation that was canceled meanwhile: it is to be refunded', () => {
    given({ payment: [payment('PENDING', { canceled: 1 })] })
      .when(charged('PAID'))
      .thenPublished({ type: 'Paid', data: facts })
      .thenHolds({
        payment: [payment('REFUNDING', { canceled: 1, paidAt: SETTLED_AT, updatedAt: SETTLED_AT })],
      });
  });

  test.each([0, 1])('declined, canceled %i', (canceled) => {
    given({ payment: [payment('PENDING', { canceled })] })
      .when(charged('DECLINED'))
      .thenPublished({ type: 'PaymentDeclined', data: facts })
      .thenHolds({ payment: [payment('DECLINED', { canceled, updatedAt: SETTLED_AT })] });
  });

  test.each<PaymentStatus>(['PAID', 'DECLINED', 'REFUNDING', 'REFUNDED', 'VOID'])(
    'counts once: nothing when the payment is %s',
    (status) => {
      for (const outcome of ['PAID', 'DECLINED'] as const) {
        given({ payment: [payment(status)] })
          .when(charged(outcome))
          .thenNothing();
      }
    },
  );

  test('nothing without a payment', () => {
    given().when(charged('PAID')).thenNothing();
  });
});
