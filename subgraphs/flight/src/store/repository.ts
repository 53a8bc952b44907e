import { type Reader, startsWith } from '@airline/database';
import {
  createConnections,
  createFreshLoader,
  createLoader,
  filterCondition,
  type Order,
  type PageArguments,
} from '@airline/service';
import { eq, gte, lte } from 'drizzle-orm';
import type { FlightFilter, FlightOrder } from '../generated/resolvers.ts';
import { type FlightRow, flight, flightCodeInCapitals, inCapitals } from './tables.ts';

type Arguments = PageArguments & { filter?: FlightFilter | null | undefined };

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
    page: (args: Arguments) => connections.all(args, conditionOf(args)),
  };
}

/** Loads current flights, for all requests. */
export const createLatestFlights = (read: Reader) =>
  createFreshLoader({ read, table: flight, column: flight.id, keyOf: (row) => row.id });

export type LatestFlights = ReturnType<typeof createLatestFlights>;
export type FlightRepository = ReturnType<typeof createFlightRepository>;

const conditionOf = ({ filter }: Arguments) =>
  filterCondition(filter, {
    flightCode: (code) => [eq(flightCodeInCapitals, inCapitals(code)), eq(flight.flightCode, code)],
    flightCodePrefix: (prefix) => startsWith(flightCodeInCapitals, inCapitals(prefix)),
    takeoffDateFrom: (from) => gte(flight.takeoffDate, from),
    takeoffDateTo: (to) => lte(flight.takeoffDate, to),
    costTo: (cost) => lte(flight.cost, cost),
    currency: (currency) => eq(flight.currency, currency),
    minRemainingSeats: (seats) => gte(flight.remainingSeatsCount, seats),
  });
