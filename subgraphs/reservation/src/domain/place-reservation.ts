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
  /** In place of a key: the key of the request that it came with, and which of the request's commands it is. */
  readonly sent?: readonly [key: string, place: string] | undefined;
}

export type PlaceResult =
  | { readonly status: 'PLACED'; readonly reservation: Reservation }
  | { readonly status: 'PLACED_BEFORE'; readonly reservationId: string }
  | { readonly status: 'KEY_REUSED' }
  | { readonly status: 'FOR_ANOTHER' };

/** The id of a command's idempotency record; undefined where it has no key, and what it came with neither. */
export function recordIdOf({ customerId, idempotencyKey, sent }: PlaceReservation): string | undefined {
  if (idempotencyKey) return JSON.stringify([customerId, idempotencyKey]);
  return sent && JSON.stringify([customerId, ...sent]);
}

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
  const today = at.slice(0, 10);
  const before = known.idempotencyRecord;
  if (before && !isRepeated(before, command, today)) return { result: { status: 'KEY_REUSED' } };
  if (before) return { result: { status: 'PLACED_BEFORE', reservationId: before.reservationId } };
  const { customerId, flightId, seatQty } = command;
  const request = { customerId, flightId, seatQty, reserveDate: command.reserveDate ?? today };
  const record = recordOf(command, id, today);
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

/** What is compared of a command, all that is not part of its record's id: undefined is what it lacks or has as null, which are the same. */
type Compared = {
  readonly [Field in Exclude<keyof PlaceReservation, 'customerId' | 'idempotencyKey' | 'sent'>]: Exclude<
    PlaceReservation[Field],
    null
  >;
};

const comparedOf = ({ flightId, seatQty, reserveDate }: PlaceReservation): Compared => ({
  flightId,
  seatQty,
  reserveDate: reserveDate ?? undefined,
});

/** What a record keeps of a command: its date as it was given, and where it was not, the day that it stood for. */
type Recorded = readonly [flightId: string, seatQty: number, reserveDate: string | undefined, today?: string];

function recordOf(
  command: PlaceReservation,
  reservationId: string,
  today: string,
): IdempotencyRecord | undefined {
  const id = recordIdOf(command);
  if (id === undefined) return undefined;
  const { flightId, seatQty, reserveDate } = comparedOf(command);
  const recorded: Recorded =
    reserveDate === undefined ? [flightId, seatQty, undefined, today] : [flightId, seatQty, reserveDate];
  return { id, reservationId, request: JSON.stringify(recorded) };
}

type Comparison = (recorded: Recorded, given: Compared, today: string) => boolean;

/** Whether a field is what was recorded: one that is missing here is a type error. */
const comparisons: Record<keyof Compared, Comparison> = {
  flightId: ([flightId], given) => flightId === given.flightId,
  seatQty: ([, seatQty], given) => seatQty === given.seatQty,
  // It may be given one time and left out the other, if it is the same.
  reserveDate: ([, , reserveDate, placedOn], given, today) =>
    reserveDate === given.reserveDate || (reserveDate ?? placedOn) === (given.reserveDate ?? today),
};

function isRepeated({ request }: IdempotencyRecord, command: PlaceReservation, today: string): boolean {
  // As `Compared` has what is null; a record of before a field was added lacks it, which is the same.
  const recorded: Recorded = JSON.parse(request).map((value: unknown) => value ?? undefined);
  const given = comparedOf(command);
  return Object.values(comparisons).every((isSame) => isSame(recorded, given, today));
}
