import { readFileSync } from 'node:fs';
import type { CustomerInfo } from '@airline/dashboard/generated/resolvers';
import type { Flight } from '@airline/flight/generated/resolvers';
import type { Payment } from '@airline/payment/generated/resolvers';
import type { Reservation } from '@airline/reservation/generated/resolvers';
import { type Service, services } from '@airline/schema/events';
import { subgraphTypeDefs } from '@airline/schema/type-defs';
import { find, type Graph, type Query, type Row, type Subgraph } from './graph.ts';

// This project's own graph, over fixed rows.

const COUNT = 20;
const AT = '2025-11-21T10:00:00.000Z';

/** A row that has each scalar field of its type: one that the graph gets later is a type error here, not a null that is served. */
type RowOf<Type> = Row & {
  readonly [Field in keyof Type as Type[Field] extends string | number | boolean | null | undefined
    ? Field
    : never]-?: Exclude<Type[Field], undefined>;
};

const numbered = <Type>(row: (number: number) => RowOf<Type>): readonly RowOf<Type>[] =>
  Array.from({ length: COUNT }, (_, index) => row(index + 1));
const id = (kind: number, number: number) =>
  `01934e00-000${kind}-7000-8000-${String(number).padStart(12, '0')}`;
const customerId = (number: number) => `customer-${number % 5}`;

const flights = numbered<Flight>((number) => ({
  id: id(1, number),
  flightCode: `ACE${800 + number}`,
  takeoffDate: '2025-12-25',
  cost: 200_000,
  currency: 'KRW',
  capacity: 300,
  remainingSeatsCount: 300 - number,
}));

const reservations = numbered<Reservation>((number) => ({
  id: id(2, number),
  reference: `0000-${String(number).padStart(4, '0')}`,
  customer: { id: customerId(number) },
  customerId: customerId(number),
  flight: { id: id(1, number) },
  flightId: id(1, number),
  seatQty: 1,
  reserveDate: '2025-11-21',
  status: 'SUCCEED',
  cancelReason: null,
  placedAt: AT,
  updatedAt: AT,
}));

const payments = numbered<Payment>((number) => ({
  id: id(2, number),
  reservation: { id: id(2, number) },
  customer: { id: customerId(number) },
  customerId: customerId(number),
  cost: 200_000,
  currency: 'KRW',
  status: 'PAID',
  paidAt: AT,
  refundedAt: null,
}));

const customerInfos: readonly RowOf<CustomerInfo>[] = Array.from({ length: 5 }, (_, number) => ({
  customerId: customerId(number),
  customer: { id: customerId(number) },
  flightCount: COUNT / 5,
  recentReserveDate: '2025-11-21',
  canceledCount: 0,
  updatedAt: AT,
}));

const connection = (rows: readonly Row[]) => ({
  edges: rows.map((node) => ({ cursor: node.id ?? node.customerId, node })),
  nodes: rows,
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  totalCount: rows.length,
});
const of = (rows: readonly Row[], key: string, value: unknown) =>
  connection(rows.filter((row) => row[key] === value));

const customer = ({ id: customerId }: Row) => ({
  id: customerId,
  info: find(customerInfos, 'customerId', customerId),
});

/** A subgraph that is not here is part of the graph, and returns no values: no query of the benchmark asks it. */
const resolvers: Readonly<Partial<Record<Service, Subgraph['resolvers']>>> = {
  reservation: {
    Query: {
      reservations: () => connection(reservations),
      reservation: (_: Row, { id }: Row) => find(reservations, 'id', id),
    },
    Mutation: { placeReservation: () => ({ reservation: reservations[0] }) },
    Reservation: { __resolveReference: ({ id }: Row) => find(reservations, 'id', id) },
    Flight: { reservations: ({ id }: Row) => of(reservations, 'flightId', id) },
    Customer: { reservations: ({ id }: Row) => of(reservations, 'customerId', id) },
  },
  flight: {
    Query: {
      flights: () => connection(flights),
      flight: (_: Row, { id }: Row) => find(flights, 'id', id),
      promotions: () => [{ name: 'winter', text: 'Fly to the snow.' }],
    },
    Flight: { __resolveReference: ({ id }: Row) => find(flights, 'id', id) },
  },
  payment: {
    Query: {
      payments: () => connection(payments),
      payment: (_: Row, { id }: Row) => find(payments, 'id', id),
    },
    Payment: { __resolveReference: ({ id }: Row) => find(payments, 'id', id) },
    Reservation: { payment: ({ id }: Row) => find(payments, 'id', id) },
    Customer: { payments: ({ id }: Row) => of(payments, 'customerId', id) },
  },
  dashboard: {
    Query: {
      customer: (_: Row, { id }: Row) => customer({ id }),
      customerInfos: () => connection(customerInfos),
      customerInfo: (_: Row, { customerId }: Row) => find(customerInfos, 'customerId', customerId),
    },
    Customer: { __resolveReference: customer },
    CustomerInfo: {
      __resolveReference: ({ customerId }: Row) => find(customerInfos, 'customerId', customerId),
    },
    Reservation: {
      history: () =>
        ['ReservationPlaced', 'SeatsHeld', 'Paid', 'ReservationSucceeded'].map((event) => ({
          event,
          service: 'reservation',
          at: AT,
          detail: null,
        })),
    },
    Subscription: { customerInfoUpdated: { resolve: () => customerInfos[0] } },
  },
};

const sdlOf = (service: Service) =>
  readFileSync(new URL(`../../../../../subgraphs/${service}/schema.graphql`, import.meta.url), 'utf8');

export const airline: Graph = Object.fromEntries(
  services.map((service) => [
    service,
    { typeDefs: subgraphTypeDefs(service, sdlOf(service)), resolvers: resolvers[service] ?? {} },
  ]),
);

const RESERVATION = 'id customerId flightId seatQty reserveDate status cancelReason placedAt updatedAt';
const FLIGHT = 'id flightCode takeoffDate cost capacity remainingSeatsCount';
const INFO = 'customerId flightCount recentReserveDate canceledCount updatedAt';

export const airlineQueries: readonly Query[] = [
  {
    name: 'dashboard',
    about: 'Bookings with flight, payment and customer, flights and customers',
    query: `query Dashboard {
      reservations(last: ${COUNT}) {
        nodes { ${RESERVATION} flight { ${FLIGHT} } payment { id cost status } customer { id info { ${INFO} } } }
        totalCount
      }
      flights(last: ${COUNT}) { nodes { ${FLIGHT} } totalCount }
      customerInfos(first: ${COUNT}) { nodes { ${INFO} } totalCount }
    }`,
  },
  {
    name: 'booking',
    about: 'The mutation that places a reservation, with its flight and payment',
    query: `mutation Book($input: PlaceReservationInput!) {
      placeReservation(input: $input) {
        reservation { ${RESERVATION} flight { flightCode remainingSeatsCount } payment { cost status } }
      }
    }`,
    variables: {
      input: { customerId: customerId(1), flightId: id(1, 1), seatQty: 1, awaitOutcome: true },
    },
  },
  {
    name: 'subscription',
    about: 'Events of a subscription, a fetch each, to one WebSocket',
    query: `subscription {
      customerInfoUpdated { customerId flightCount customer { id reservations(first: 1) { totalCount } } }
    }`,
    isSubscription: true,
  },
];
