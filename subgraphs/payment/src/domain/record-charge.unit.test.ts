import { describe, test } from 'vitest';
import { ANSWERED_AT, facts, given, payment } from '../payment.fixture.ts';
import type { Known, PaymentStatus } from './model.ts';
import { recordCharge } from './record-charge.ts';

const answered = (outcome: 'PAID' | 'DECLINED') => ({
  keys: { payment: 'r1' },
  decide: (known: Known) => recordCharge(known, outcome, ANSWERED_AT),
});

describe('the answer to a charge', () => {
  test('paid', () => {
    given({ payment: [payment('PENDING')] })
      .when(answered('PAID'))
      .thenPublished({ type: 'Paid', data: facts })
      .thenHolds({ payment: [payment('PAID', { paidAt: ANSWERED_AT, updatedAt: ANSWERED_AT })] });
  });

  test('paid for a reservation that was canceled meanwhile: the money is to go back', () => {
    given({ payment: [payment('PENDING', { canceled: 1 })] })
      .when(answered('PAID'))
      .thenPublished({ type: 'Paid', data: facts })
      .thenHolds({
        payment: [payment('REFUNDING', { canceled: 1, paidAt: ANSWERED_AT, updatedAt: ANSWERED_AT })],
      });
  });

  test.each([0, 1])('declined, canceled %i', (canceled) => {
    given({ payment: [payment('PENDING', { canceled })] })
      .when(answered('DECLINED'))
      .thenPublished({ type: 'PaymentDeclined', data: facts })
      .thenHolds({ payment: [payment('DECLINED', { canceled, updatedAt: ANSWERED_AT })] });
  });

  test.each<PaymentStatus>(['PAID', 'DECLINED', 'REFUNDING', 'REFUNDED', 'VOID'])(
    'counts once: nothing when the payment is %s',
    (status) => {
      for (const outcome of ['PAID', 'DECLINED'] as const) {
        given({ payment: [payment(status)] })
          .when(answered(outcome))
          .thenNothing();
      }
    },
  );

  test('nothing where there is no payment', () => {
    given().when(answered('PAID')).thenNothing();
  });
});
