import type { Decision, Known, Payment } from './model.ts';

/** The payment without a charge, where its reservation is canceled and the provider cannot have been asked for one. */
export const withdrawn = (payment: Payment): Payment =>
  payment.status === 'PENDING' && payment.canceled === 1 && payment.openCharges === 0
    ? { ...payment, status: 'VOID' }
    : payment;

/** Records that the provider is about to be asked for a charge, unless that is withdrawn. */
export function beginCharge({ payment }: Known, at: string): Decision {
  if (payment?.status !== 'PENDING') return {};
  const next = withdrawn(payment);
  const openCharges = payment.openCharges + (next.status === 'PENDING' ? 1 : 0);
  return { write: { payment: { ...next, openCharges, updatedAt: at } } };
}

/** Records that a call that was to be made had no effect. */
export function chargeNotMade({ payment }: Known, at: string): Decision {
  if (payment?.status !== 'PENDING') return {};
  const openCharges = Math.max(0, payment.openCharges - 1);
  return { write: { payment: withdrawn({ ...payment, openCharges, updatedAt: at }) } };
}
