import type { EventData } from '@airline/schema/events';
import { withdrawn } from './charge-calls.ts';
import { type Decision, type Known, paymentIdOf } from './model.ts';

/**
 * Records the intent to refund a canceled reservation, once. A charge in flight may have succeeded, so it is completed
 * first; without a payment yet, a tombstone prevents one, and so does a payment that the provider cannot have.
 */
export function intendRefund(
  { payment }: Known,
  canceled: EventData<'ReservationCanceled'>,
  at: string,
): Decision {
  if (!payment) {
    const { reservationId, customerId } = canceled;
    // ISO 4217 has a code for no currency.
    const none = {
      cost: 0,
      currency: 'XXX',
      canceled: 1,
      openCharges: 0,
      paidAt: null,
      refundedAt: null,
      updatedAt: at,
    };
    const id = paymentIdOf(reservationId);
    return { write: { payment: { reservationId, id, customerId, status: 'VOID', ...none } } };
  }
  if (payment.canceled) return {};
  const refunding = { ...payment, canceled: 1, updatedAt: at };
  if (payment.status === 'PAID') return { write: { payment: { ...refunding, status: 'REFUNDING' } } };
  return { write: { payment: withdrawn(refunding) } };
}
