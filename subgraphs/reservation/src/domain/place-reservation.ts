import { type Decision, type IdempotencyRecord, isFor, type Known, type Reservation } from './model.ts';

/** The command that places a reservation. */
export interface PlaceReservation {
  readonly customerId: string;
  readonly flightId: string;
  readonly seatQty: number;
  /** `YYYY-MM-DD`; default: the day on which it is placed, UTC. */
  readonly reserveDate?: string | null | undefined;
  /** Unique per customer: a repeated key is the same reservation. */
  readonly idempotencyKey?: string | null | undefined;
}

export type PlaceResult =
  | { readonly status: 'PLACED'; readonly reservation: Reservation }
  | { readonly status: 'PLACED_BEFORE'; readonly reservationId: string }
  | { readonly status: 'KEY_REUSED' }
  | { readonly status: 'FOR_ANOTHER' };

/** The id of a command's idempotency record; undefined without a key. */
export const recordIdOf = ({ customerId, idempotencyKey }: PlaceReservation): string | undefined =>
  idempotencyKey ? JSON.stringify([customerId, idempotencyKey]) : undefined;

/**
 * Places a reservation under a new id, once per idempotency key; `at` is RFC 3339, UTC.
 * @param customer the only one for whom it is done; undefined: it is done for any
 */
export function placeReservation(
  known: Known,
  command: PlaceReservation,
  { customer, id, at }: { readonly customer: string | undefined; readonly id: string; readonly at: string },
): Decision & { result: PlaceResult } {
  // First: what is known of another's key must not show.
  if (!isFor(customer, command.customerId)) return { result: { status: 'FOR_ANOTHER' } };
  const record = recordOf(command, id);
  const before = known.idempotencyRecord;
  if (before && before.request !== record?.request) return { result: { status: 'KEY_REUSED' } };
  if (before) return { result: { status: 'PLACED_BEFORE', reservationId: before.reservationId } };
  const { customerId, flightId, seatQty } = command;
  const request = { customerId, flightId, seatQty, reserveDate: command.reserveDate ?? at.slice(0, 10) };
  const reservation: Reservation = {
    id,
    ...request,
    status: 'PENDING',
    cancelReason: null,
    placedAt: at,
    updatedAt: at,
  };
  return {
    write: { reservation, ...(record && { idempotencyRecord: record }) },
    publish: [{ type: 'ReservationPlaced', data: { reservationId: id, ...request } }],
    result: { status: 'PLACED', reservation },
  };
}

function recordOf(command: PlaceReservation, reservationId: string): IdempotencyRecord | undefined {
  const id = recordIdOf(command);
  if (id === undefined) return undefined;
  const { flightId, seatQty, reserveDate } = command;
  return { id, reservationId, request: JSON.stringify([flightId, seatQty, reserveDate ?? null]) };
}
