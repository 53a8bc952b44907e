import { firstUuidAt, type Reader } from '@airline/database';
import {
  type Caller,
  createConnections,
  createFreshLoader,
  createLoader,
  filterCondition,
  type PageArguments,
  visibleTo,
  withoutIndex,
} from '@airline/service';
import { eq, gte, lt, type SQL, type SQLWrapper } from 'drizzle-orm';
import { idEndingOf } from '../domain/reference.ts';
import type { ReservationFilter } from '../generated/resolvers.ts';
import { idEnding, reservation } from './tables.ts';

type Arguments = PageArguments & { filter?: ReservationFilter | null | undefined };

/** Reads reservations for one request: those that its caller may read. */
export function createReservationRepository(read: Reader, caller: Caller) {
  const idOf = ({ id }: { id: string }) => id;
  const rows = { read, table: reservation };
  const visible = visibleTo(caller, reservation.customerId);
  const connections = createConnections({ ...rows, by: reservation.id, cursorOf: idOf, visible });
  const byId = createLoader({ ...rows, column: reservation.id, keyOf: idOf, where: visible });

  return {
    byId: (id: string) => byId.load(id),
    page: (args: Arguments) => connections.all(args, conditionOf(args, visible !== undefined)),
    ofFlight: (flightId: string, args: Arguments) =>
      connections.of(reservation.flightId, flightId, args, conditionOf(args, true)),
    ofCustomer: (customerId: string, args: Arguments) =>
      connections.of(reservation.customerId, customerId, args, conditionOf(args, true)),
  };
}

/** Reads current reservations, for all requests: those of one turn of the event loop in one statement. */
export function createLatestReservations(read: Reader) {
  const loader = createFreshLoader({
    read,
    table: reservation,
    column: reservation.id,
    keyOf: ({ id }) => id,
  });
  return {
    find: (id: string) => loader.load(id),
    get: async (id: string) => {
      const row = await loader.load(id);
      if (!row) throw new Error(`No such reservation: ${id}.`);
      return row;
    },
  };
}

export type LatestReservations = ReturnType<typeof createLatestReservations>;
export type ReservationRepository = ReturnType<typeof createReservationRepository>;

/** A reservation's id is made within so much of the instant of its placement, which the id begins with. */
const ID_TOLERANCE_MS = 60_000;

/** @param isOfOne whether the rows are those of a customer or of a flight, by whose index they are read */
function conditionOf({ filter }: Arguments, isOfOne: boolean): SQL | undefined {
  let isFound = isOfOne;
  const is = (text: SQLWrapper) => (value: string) => {
    const by = isFound ? withoutIndex(text) : text;
    isFound = true;
    return eq(by, value);
  };
  // Each index ends with the id, so what the ids begin with bounds what is read of it.
  const idAt = (instant: string, toleranceMs: number) =>
    firstUuidAt(new Date(Date.parse(instant) + toleranceMs));
  // Where several are given, the one that fewer rows have comes first: its index finds them.
  return filterCondition(filter, {
    reference: (reference) => is(idEnding)(idEndingOf(reference) ?? ''),
    customerId: is(reservation.customerId),
    flightId: is(reservation.flightId),
    cancelReason: is(reservation.cancelReason),
    status: is(reservation.status),
    placedFrom: (from) => [
      gte(reservation.id, idAt(from, -ID_TOLERANCE_MS)),
      gte(reservation.placedAt, from),
    ],
    placedTo: (to) => [lt(reservation.id, idAt(to, ID_TOLERANCE_MS)), lt(reservation.placedAt, to)],
  });
}
