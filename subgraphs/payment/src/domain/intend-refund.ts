import type { EventData } from '@airline/schema/events';
import { type Decision, type Known, paymentIdOf } from './model.ts';

/**
 * Records the intent to refund a canceled reservation, once. A charge in flight may have succeeded, so it is completed
 * first; without a payment yet, a tombstone prevents one.
 */
export function intendRefund(
  { payment }: Known,
  canceled: EventData<'ReservationCanceled'>,
  at: string,
): Decision {
  if (!payment) {
    const { reservationId, customerId } = canceled;
    // ISO 4217 has a code for no currency.
    const none = { cost: 0, currency: 'XXX', canceled: 1, paidAt: null, refundedAt: null, updatedAt: at };
    const id = paymentIdOf(reservationId);
    return { write: { payment: { reservationId, id, customerId, status: 'VOID', ...none } } };
  }
  if (payment.canceled) return {};
  const status = payment.status === 'PAID' ? 'REFUNDING' : payment.status;
  return { write: { payment: { ...payment, canceled: 1, status, updatedAt: at } } };
}
