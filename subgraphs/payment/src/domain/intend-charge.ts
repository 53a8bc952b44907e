import type { EventData } from '@airline/schema/events';
import { type Decision, type Known, paymentIdOf } from './model.ts';

/** Records the intent to charge for held seats, once per reservation; the provider is called after the commit. */
export function intendCharge(
  { payment }: Known,
  held: EventData<'RemainingSeatsDecreased'>,
  at: string,
): Decision {
  if (payment) return {};
  const { reservationId, customerId, seatQty, cost, currency } = held;
  return {
    write: {
      payment: {
        reservationId,
        id: paymentIdOf(reservationId),
        customerId,
        cost: seatQty * cost,
        currency,
        status: 'PENDING',
        canceled: 0,
        // Whoever commits this calls at once, without a further commit.
        openCharges: 1,
        paidAt: null,
        refundedAt: null,
        updatedAt: at,
      },
    },
  };
}
