import type { Reader } from '@airline/database';
import { createConnections, createFreshLoader, createLoader, type PageArguments } from '@airline/service';
import { and, eq, type SQL } from 'drizzle-orm';
import type { ReservationFilter } from '../generated/resolvers.ts';
import { reservation } from './tables.ts';

type Arguments = PageArguments & { filter?: ReservationFilter | null | undefined };

/** Reads reservations for one request. */
export function createReservationRepository(read: Reader) {
  const cursorOf = ({ id }: { id: string }) => id;
  const connections = createConnections({ read, table: reservation, by: reservation.id, cursorOf });
  const byId = createLoader({ read, table: reservation, column: reservation.id, keyOf: cursorOf });

  return {
    byId: (id: string) => byId.load(id),
    page: (args: Arguments) => connections.all(args, conditionOf(args)),
    ofFlight: (flightId: string, args: Arguments) =>
      connections.of(reservation.flightId, flightId, args, conditionOf(args)),
    ofCustomer: (customerId: string, args: Arguments) =>
      connections.of(reservation.customerId, customerId, args, conditionOf(args)),
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

function conditionOf({ filter }: Arguments): SQL | undefined {
  const { customerId, flightId, status } = filter ?? {};
  return and(
    customerId == null ? undefined : eq(reservation.customerId, customerId),
    flightId == null ? undefined : eq(reservation.flightId, flightId),
    status == null ? undefined : eq(reservation.status, status),
  );
}
