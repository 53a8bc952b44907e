import type { EventData } from '@airline/schema/events';
import { type Decision, type Known, paymentIdOf } from './model.ts';

/**
 * Records that a canceled reservation's money is to go back, once. A charge under way may have gone through,
 * so it is seen to its end first; where there was no charge yet, a tombstone says that there is to be none.
 */
export function intendRefund(
  { payment }: Known,
  canceled: EventData<'ReservationCanceled'>,
  at: string,
): Decision {
  if (!payment) {
    const { reservationId, customerId } = canceled;
    const none = { cost: 0, canceled: 1, paidAt: null, refundedAt: null, updatedAt: at };
    const id = paymentIdOf(reservationId);
    return { write: { payment: { reservationId, id, customerId, status: 'VOID', ...none } } };
  }
  if (payment.canceled) return {};
  const status = payment.status === 'PAID' ? 'REFUNDING' : payment.status;
  return { write: { payment: { ...payment, canceled: 1, status, updatedAt: at } } };
}
