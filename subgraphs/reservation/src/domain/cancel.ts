import { type CancelReason, type Decision, isFor, type Known, type Reservation } from './model.ts';

/** Cancels with a reason, once. Only the customer can cancel a reservation that has succeeded. */
export function cancel({ reservation }: Known, reason: CancelReason, at: string): Decision {
  if (!reservation || reservation.status === 'CANCELED') return {};
  if (reservation.status === 'SUCCEED' && reason !== 'CUSTOMER') return {};
  const { id, customerId, flightId, seatQty } = reservation;
  return {
    write: { reservation: { ...reservation, status: 'CANCELED', cancelReason: reason, updatedAt: at } },
    publish: [
      { type: 'ReservationCanceled', data: { reservationId: id, customerId, flightId, seatQty, reason } },
    ],
  };
}

/**
 * The customer's cancellation; returns the reservation after it, undefined if there is none.
 * @param customer the only one for whom it is done; undefined: it is done for any
 */
export function cancelByCustomer(
  known: Known,
  customer: string | undefined,
  at: string,
): Decision & { result: Reservation | undefined } {
  if (!isFor(customer, known.reservation?.customerId)) return { result: undefined };
  const decision = cancel(known, 'CUSTOMER', at);
  return { ...decision, result: decision.write?.reservation ?? known.reservation };
}
