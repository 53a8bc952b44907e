import { type Decision, factsOf, type Known } from './model.ts';

/** Records the outcome of a charge. A charge of a canceled reservation is to be refunded. */
export function recordCharge({ payment }: Known, outcome: 'PAID' | 'DECLINED', at: string): Decision {
  if (payment?.status !== 'PENDING') return {};
  if (outcome === 'DECLINED') {
    return {
      write: { payment: { ...payment, status: 'DECLINED', updatedAt: at } },
      publish: [{ type: 'PaymentDeclined', data: factsOf(payment) }],
    };
  }
  const status = payment.canceled ? 'REFUNDING' : 'PAID';
  return {
    write: { payment: { ...payment, status, paidAt: at, updatedAt: at } },
    publish: [{ type: 'Paid', data: factsOf(payment) }],
  };
}
