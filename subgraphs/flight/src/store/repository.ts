import { type Reader, startsWith } from '@airline/database';
import {
  createConnections,
  createFreshLoader,
  createLoader,
  type Order,
  type PageArguments,
} from '@airline/service';
import { and, eq, gte, lte, type SQL } from 'drizzle-orm';
import type { FlightFilter, FlightOrder } from '../generated/resolvers.ts';
import { type FlightRow, flight, flightCodeInCapitals, inCapitals } from './tables.ts';

/** All but the default, which is by id. */
const orders = {
  DEPARTURE: { by: flight.takeoffDate, type: 'string', valueOf: ({ takeoffDate }) => takeoffDate },
  CODE: { by: flightCodeInCapitals, type: 'string', valueOf: ({ flightCode }) => inCapitals(flightCode) },
  COST: { by: flight.cost, type: 'number', valueOf: ({ cost }) => cost },
} satisfies Record<Exclude<FlightOrder, 'REGISTERED'>, Order<FlightRow>>;

/** Reads flights for one request. */
export function createFlightRepository(read: Reader) {
  const connections = createConnections({
    read,
    table: flight,
    by: flight.id,
    cursorOf: (row) => row.id,
    orders,
  });
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
  flightCodePrefix,
  takeoffDateFrom,
  takeoffDateTo,
  costTo,
  currency,
  minRemainingSeats,
}: FlightFilter): SQL | undefined {
  return and(
    flightCode == null ? undefined : eq(flightCodeInCapitals, inCapitals(flightCode)),
    flightCode == null ? undefined : eq(flight.flightCode, flightCode),
    flightCodePrefix == null ? undefined : startsWith(flightCodeInCapitals, inCapitals(flightCodePrefix)),
    takeoffDateFrom == null ? undefined : gte(flight.takeoffDate, takeoffDateFrom),
    takeoffDateTo == null ? undefined : lte(flight.takeoffDate, takeoffDateTo),
    costTo == null ? undefined : lte(flight.cost, costTo),
    currency == null ? undefined : eq(flight.currency, currency),
    minRemainingSeats == null ? undefined : gte(flight.remainingSeatsCount, minRemainingSeats),
  );
}
