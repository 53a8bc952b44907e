import type { AnyColumn, Reader } from '@airline/database';
import {
  type Caller,
  createConnections,
  createFreshLoader,
  createLoader,
  type PageArguments,
  visibleTo,
  withoutIndex,
} from '@airline/service';
import { and, eq, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { ReservationFilter } from '../generated/resolvers.ts';
import { reservation } from './tables.ts';

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
    page: (args: Arguments) =>
      connections.all(args, conditionOf(args, visible !== undefined || args.filter?.customerId != null)),
    ofFlight: (flightId: string, args: Arguments) =>
      connections.of(reservation.flightId, flightId, args, conditionOf(args, false)),
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

/** @param isOfCustomer whether the rows are those of a customer, by whose index they are read */
function conditionOf({ filter }: Arguments, isOfCustomer: boolean): SQL | undefined {
  const { customerId, flightId, status } = filter ?? {};
  const by = (column: AnyColumn): SQLWrapper => (isOfCustomer ? withoutIndex(column) : column);
  return and(
    customerId == null ? undefined : eq(reservation.customerId, customerId),
    flightId == null ? undefined : eq(by(reservation.flightId), flightId),
    status == null ? undefined : eq(by(reservation.status), status),
  );
}
