import type { Decision, Known, Placement, Reservation } from './model.ts';

export type PlaceResult =
  | { readonly status: 'PLACED'; readonly reservation: Reservation }
  | { readonly status: 'PLACED_BEFORE'; readonly reservationId: string }
  | { readonly status: 'KEY_REUSED' };

/** A wish for seats. */
export type Wish = Pick<Reservation, 'id' | 'customerId' | 'flightId' | 'seatQty' | 'reserveDate'>;

/** Places a reservation, once for each idempotency key where there is one. */
export function placeReservation(
  known: Known,
  wish: Wish,
  at: string,
  placement?: Placement,
): Decision & { result: PlaceResult } {
  const before = known.placement;
  if (before && before.request !== placement?.request) return { result: { status: 'KEY_REUSED' } };
  if (before) return { result: { status: 'PLACED_BEFORE', reservationId: before.reservationId } };
  const reservation: Reservation = {
    ...wish,
    status: 'PENDING',
    cancelReason: null,
    placedAt: at,
    updatedAt: at,
  };
  const { id, ...data } = wish;
  return {
    write: { reservation, ...(placement && { placement }) },
    publish: [{ type: 'ReservationPlaced', data: { reservationId: id, ...data } }],
    result: { status: 'PLACED', reservation },
  };
}
