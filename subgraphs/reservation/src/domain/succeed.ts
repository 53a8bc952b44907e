import type { Decision, Known } from './model.ts';

/** A pending reservation succeeds when paid. One that was canceled meanwhile stays so; its payment is refunded. */
export function succeed({ reservation }: Known, at: string): Decision {
  if (reservation?.status !== 'PENDING') return {};
  const { id, customerId, flightId } = reservation;
  return {
    write: { reservation: { ...reservation, status: 'SUCCEED', updatedAt: at } },
    publish: [{ type: 'ReservationSucceeded', data: { reservationId: id, customerId, flightId } }],
  };
}
