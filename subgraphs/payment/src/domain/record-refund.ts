import { type Decision, factsOf, type Known } from './model.ts';

/** Records that the provider has refunded a payment. */
export function recordRefund({ payment }: Known, at: string): Decision {
  if (payment?.status !== 'REFUNDING') return {};
  return {
    write: { payment: { ...payment, status: 'REFUNDED', refundedAt: at, updatedAt: at } },
    publish: [{ type: 'PaymentRefunded', data: factsOf(payment) }],
  };
}
