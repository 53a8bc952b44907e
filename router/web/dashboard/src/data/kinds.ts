import {
  type CustomerInfoFilter,
  type CustomerInfoOrder,
  CustomerInfosDocument,
  CustomerPaymentsDocument,
  type FlightFilter,
  type FlightOrder,
  FlightsDocument,
  FlightsOfReservationsDocument,
  type FlightsOfReservationsQueryVariables,
  type ReservationFilter,
  ReservationsDocument,
} from '../generated/graphql.ts';
import { fitsCustomer, fitsFlight, fitsReservation, inCapitals } from './fits.ts';
import type { Graph } from './graph.ts';
import type { Kind, Page } from './kind.ts';
import type { Problem } from './problem.ts';
import type { Customer, Flight, Payment, Reservation, Ticks } from './rows.ts';
import type { Store } from './store.ts';

/** A search whose result is sorted as its reader wants. */
interface Sorted<Filter, Order> {
  readonly filter: Filter;
  readonly order: Order;
  readonly isDescending: boolean;
}

export type FlightQuery = Sorted<FlightFilter, FlightOrder>;
export type CustomerQuery = Sorted<CustomerInfoFilter, CustomerInfoOrder>;
/** Whose payments. */
export interface PaymentQuery {
  readonly customerId: string;
}

export interface Kinds {
  readonly flights: Kind<Flight, FlightQuery>;
  /** Newest first. */
  readonly reservations: Kind<Reservation, ReservationFilter>;
  readonly customers: Kind<Customer, CustomerQuery>;
  /** Newest first. They are not pushed. */
  readonly payments: Kind<Payment, PaymentQuery>;
}

interface Connected<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly endCursor?: string | null | undefined;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null | undefined;
  };
  readonly totalCount: number;
}

/** Descending pages are read from the end of the order, whose pages ascend. */
const argumentsOf = (isDescending: boolean, cursor: string | undefined, size: number) =>
  isDescending ? { last: size, before: cursor } : { first: size, after: cursor };

function pageOf<Row>({ nodes, pageInfo, totalCount }: Connected<Row>, isDescending: boolean): Page<Row> {
  const { hasNextPage, endCursor, hasPreviousPage, startCursor } = pageInfo;
  return isDescending
    ? { rows: nodes.toReversed(), totalCount, next: hasPreviousPage ? (startCursor ?? undefined) : undefined }
    : { rows: nodes, totalCount, next: hasNextPage ? (endCursor ?? undefined) : undefined };
}

type Key = string | number;

/** Rows of one value are sorted by id, in the same direction. */
function ordered<Row>(keyOf: (row: Row) => readonly Key[]) {
  return (one: Row, other: Row, isDescending: boolean): number => {
    const [a, b] = isDescending ? [keyOf(other), keyOf(one)] : [keyOf(one), keyOf(other)];
    for (const [index, key] of a.entries()) {
      const against = b[index] ?? '';
      if (key !== against) return key < against ? -1 : 1;
    }
    return 0;
  };
}

const flightOrders: Readonly<Record<FlightOrder, ReturnType<typeof ordered<Flight>>>> = {
  REGISTERED: ordered(({ id }) => [id]),
  DEPARTURE: ordered(({ id, takeoffDate }) => [takeoffDate, id]),
  CODE: ordered(({ id, flightCode }) => [inCapitals(flightCode), id]),
  COST: ordered(({ id, cost }) => [cost, id]),
};

const customerOrders: Readonly<Record<CustomerInfoOrder, ReturnType<typeof ordered<Customer>>>> = {
  CUSTOMER: ordered(({ customerId }) => [customerId]),
  FLIGHT_COUNT: ordered(({ customerId, flightCount }) => [flightCount, customerId]),
  RECENT_RESERVE_DATE: ordered(({ customerId, recentReserveDate }) => [recentReserveDate ?? '', customerId]),
  UPDATED: ordered(({ customerId, updatedAt }) => [updatedAt, customerId]),
};

const byId = ordered<{ readonly id: string }>(({ id }) => [id]);

/** @returns a page, or why there is none */
const fetched = <Row>(
  connection: Connected<Row> | undefined,
  problem: Problem | undefined,
  isDescending: boolean,
) => (connection ? { page: pageOf(connection, isDescending) } : { problem: problem ?? missing });

const missing: Problem = { code: 'NOT_FOUND', field: undefined, message: '' };

export function createKinds(graph: Graph, store: Store, ticks: Ticks): Kinds {
  /** The flights of a page of bookings; without them, their service being away, the bookings are shown all the same. */
  async function loadFlights(variables: FlightsOfReservationsQueryVariables): Promise<void> {
    const asOf = ticks.next();
    const { data } = await store.flights.read(() => graph.query(FlightsOfReservationsDocument, variables));
    for (const { flight } of data?.reservations.nodes ?? []) if (flight) store.flights.put(flight, asOf);
    store.touch();
  }

  return {
    flights: {
      table: store.flights,
      fetch: async ({ filter, order, isDescending }, cursor, size) => {
        const variables = { ...argumentsOf(isDescending, cursor, size), filter, order };
        const { data, problem } = await graph.query(FlightsDocument, variables);
        return fetched(data?.flights, problem, isDescending);
      },
      matches: (row, { filter }) => fitsFlight(row, filter),
      compare: (one, other, { order, isDescending }) => flightOrders[order](one, other, isDescending),
    },
    reservations: {
      table: store.reservations,
      fetch: async (filter, cursor, size) => {
        const variables = { last: size, before: cursor, filter };
        const { data, problem } = await graph.query(ReservationsDocument, variables);
        const isKnown = ({ flightId }: Reservation) => store.flights.get(flightId) !== undefined;
        if (size > 1 && data && !data.reservations.nodes.every(isKnown)) void loadFlights(variables);
        return fetched(data?.reservations, problem, true);
      },
      matches: fitsReservation,
      compare: (one, other) => byId(one, other, true),
    },
    customers: {
      table: store.customers,
      fetch: async ({ filter, order, isDescending }, cursor, size) => {
        const variables = { ...argumentsOf(isDescending, cursor, size), filter, order };
        const { data, problem } = await graph.query(CustomerInfosDocument, variables);
        return fetched(data?.customerInfos, problem, isDescending);
      },
      matches: (row, { filter }) => fitsCustomer(row, filter),
      compare: (one, other, { order, isDescending }) => customerOrders[order](one, other, isDescending),
    },
    payments: {
      table: store.payments,
      fetch: async ({ customerId }, cursor, size) => {
        const variables = { id: customerId, last: size, before: cursor };
        const { data, problem } = await graph.query(CustomerPaymentsDocument, variables);
        return fetched(data?.customer?.payments, problem, true);
      },
      matches: () => true,
      compare: (one, other) => byId(one, other, true),
    },
  };
}
