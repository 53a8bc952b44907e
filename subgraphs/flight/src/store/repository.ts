import type { Reader } from '@airline/database';
import { createConnections, createFreshLoader, createLoader, type PageArguments } from '@airline/service';
import { and, eq, gte, lte, type SQL } from 'drizzle-orm';
import type { FlightFilter } from '../generated/resolvers.ts';
import { flight } from './tables.ts';

/** Reads flights for one request. */
export function createFlightRepository(read: Reader) {
  const connections = createConnections({ read, table: flight, by: flight.id, cursorOf: (row) => row.id });
  const byId = createLoader({ read, table: flight, column: flight.id, keyOf: (row) => row.id });

  return {
    byId: (id: string) => byId.load(id),
    page: (args: PageArguments & { filter?: FlightFilter | null | undefined }) =>
      connections.all(args, conditionOf(args.filter ?? {})),
  };
}

/** Loads current flights, for all requests. */
export const createLatestFlights = (read: Reader) =>
  createFreshLoader({ read, table: flight, column: flight.id, keyOf: (row) => row.id });

export type LatestFlights = ReturnType<typeof createLatestFlights>;
export type FlightRepository = ReturnType<typeof createFlightRepository>;

function conditionOf({
  flightCode,
  takeoffDateFrom,
  takeoffDateTo,
  minRemainingSeats,
}: FlightFilter): SQL | undefined {
  return and(
    flightCode == null ? undefined : eq(flight.flightCode, flightCode),
    takeoffDateFrom == null ? undefined : gte(flight.takeoffDate, takeoffDateFrom),
    takeoffDateTo == null ? undefined : lte(flight.takeoffDate, takeoffDateTo),
    minRemainingSeats == null ? undefined : gte(flight.remainingSeatsCount, minRemainingSeats),
  );
}
