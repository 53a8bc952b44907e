import { services } from '@airline/schema/events';
import type { Target, World } from './world.ts';

/** One operation by which a stranger would like to learn or change something. */
export interface Attack {
  readonly name: string;
  readonly type: 'query' | 'mutation';
  /** Its root fields, of which some name the target. */
  readonly selection: Selection;
  /**
   * Whether it shows something of the victim to those who may see it, which is how the tests know that it reaches it.
   * Mutations are not tried by them.
   */
  readonly shows: boolean;
}

type Selection = (target: Target, world: World) => string;

const RESERVATION = `id customerId seatQty reserveDate status cancelReason placedAt updatedAt
  customer { id info { flightCount } } payment { id cost status paidAt } history { event at detail }`;
const PAYMENT = 'id cost status paidAt refundedAt customer { id } reservation { id seatQty }';
const INFO = 'customerId flightCount recentReserveDate canceledCount updatedAt customer { id }';
const page = (node: string) =>
  `totalCount pageInfo { hasNextPage startCursor endCursor } nodes { ${node} } edges { cursor node { ${node} } }`;

const text = (value: string) => JSON.stringify(value);

/** As connections make them, which are sorted by id. */
const cursorOf = (id: string) => text(Buffer.from(id).toString('base64url'));

const reads: Readonly<Record<string, Selection>> = {
  'a reservation by id': ({ reservationId }) => `reservation(id: ${text(reservationId)}) { ${RESERVATION} }`,
  'only the id of a reservation': ({ reservationId }) => `reservation(id: ${text(reservationId)}) { id }`,
  'only the payment of a reservation': ({ reservationId }) =>
    `reservation(id: ${text(reservationId)}) { payment { ${PAYMENT} } }`,
  'only the history of a reservation': ({ canceledId }) =>
    `reservation(id: ${text(canceledId)}) { id history { event service at detail } }`,
  'the reservations of a customer': ({ customerId }) =>
    `reservations(first: 100, filter: { customerId: ${text(customerId)} }) { ${page(RESERVATION)} }`,
  'canceled reservations of a customer': ({ customerId }) =>
    `reservations(filter: { customerId: ${text(customerId)}, status: CANCELED }) { ${page('id cancelReason')} }`,
  'the reservations behind a cursor': ({ customerId }) =>
    `reservations(first: 5, after: ${cursorOf('0')}, filter: { customerId: ${text(customerId)} }) { ${page('id')} }`,
  'the reservations before a cursor': ({ customerId, canceledId }) =>
    `reservations(last: 5, before: ${cursorOf(canceledId)}, filter: { customerId: ${text(customerId)} }) { ${page('id')} }`,
  'the reservations of a flight, of a customer': ({ customerId }, { flightId }) =>
    `flight(id: ${text(flightId)}) { reservations(filter: { customerId: ${text(customerId)} }) { ${page(RESERVATION)} } }`,
  'a customer': ({ customerId }) =>
    `customer(id: ${text(customerId)}) { id info { ${INFO} } reservations { ${page(RESERVATION)} } payments { ${page(PAYMENT)} } }`,
  'the id of a customer': ({ customerId }) => `customer(id: ${text(customerId)}) { id info { flightCount } }`,
  'the payments of a customer, by the customer': ({ customerId }) =>
    `customer(id: ${text(customerId)}) { payments { ${page(PAYMENT)} } }`,
  'a payment by id': ({ paymentId }) => `payment(id: ${text(paymentId)}) { ${PAYMENT} }`,
  'only the amount of a payment': ({ paymentId }) => `payment(id: ${text(paymentId)}) { cost status }`,
  'the payments of a customer': ({ customerId }) =>
    `payments(filter: { customerId: ${text(customerId)} }) { ${page(PAYMENT)} }`,
  'the info of a customer': ({ customerId }) => `customerInfo(customerId: ${text(customerId)}) { ${INFO} }`,
  'a round trip from a payment': ({ paymentId }) =>
    `payment(id: ${text(paymentId)}) { reservation { customer { reservations { ${page('id')} } } } }`,
};

/** They name nobody, so that the victim's data can only come by itself. */
const searches: Readonly<Record<string, Selection>> = {
  'all reservations': () => `reservations(first: 100) { ${page(RESERVATION)} }`,
  'all reservations of a status': () =>
    `reservations(first: 100, filter: { status: SUCCEED }) { ${page('id seatQty')} }`,
  'all reservations of a flight': (_target, { flightId }) =>
    `reservations(first: 100, filter: { flightId: ${text(flightId)} }) { ${page('id')} }`,
  'the reservations of all flights': () =>
    `flights(first: 100) { nodes { reservations(first: 100) { ${page(RESERVATION)} } } }`,
  'the reservations of a flight': (_target, { flightId }) =>
    `flight(id: ${text(flightId)}) { reservations(first: 100) { ${page('id customerId')} } }`,
  'all payments': () => `payments(first: 100) { ${page(PAYMENT)} }`,
  'all refunded payments': () => `payments(first: 100, filter: { status: REFUNDED }) { ${page('id cost')} }`,
  'all infos': () => `customerInfos(first: 100) { ${page(INFO)} }`,
  'from an own reservation to others of its flight': (_target, { stranger }) =>
    `reservation(id: ${text(stranger.reservationId)}) { flight { reservations(first: 100) { ${page(RESERVATION)} } } }`,
};

const changes: Readonly<Record<string, Selection>> = {
  'canceling a reservation': ({ reservationId }) =>
    `cancelReservation(input: { id: ${text(reservationId)} }) { reservation { ${RESERVATION} } }`,
  'canceling a canceled reservation': ({ canceledId }) =>
    `cancelReservation(input: { id: ${text(canceledId)} }) { reservation { id cancelReason } }`,
  'booking for a customer': ({ customerId }, { flightId }) =>
    `placeReservation(input: { customerId: ${text(customerId)}, flightId: ${text(flightId)}, seatQty: 1 }) { reservation { ${RESERVATION} } }`,
  'booking under a key of a customer': ({ customerId, idempotencyKey }, { flightId }) =>
    `placeReservation(input: { customerId: ${text(customerId)}, flightId: ${text(flightId)}, seatQty: 13, reserveDate: "2025-03-17", idempotencyKey: ${text(idempotencyKey)} }) { reservation { ${RESERVATION} } }`,
  'reusing a key of a customer': ({ customerId, idempotencyKey }, { flightId }) =>
    `placeReservation(input: { customerId: ${text(customerId)}, flightId: ${text(flightId)}, seatQty: 2, idempotencyKey: ${text(idempotencyKey)} }) { reservation { id } }`,
  'lowering the cost of a flight': (_target, { flightId }) =>
    `updateFlight(input: { id: ${text(flightId)}, cost: 0 }) { flight { id cost } }`,
  'registering a flight': () =>
    'registerFlight(input: { flightCode: "EVIL1", takeoffDate: "2030-01-01", cost: 0, remainingSeatsCount: 1 }) { flight { id } }',
  'counting again': () => 'recountCustomerInfos { recounted corrected endCustomerId }',
  'counting what was never placed': ({ customerId, reservationId }, { flightId }) =>
    `replayReservations(input: [{ id: ${text(reservationId)}, customerId: ${text(customerId)}, flightId: ${text(flightId)}, seatQty: 1, reserveDate: "2025-03-17", placedAt: "2025-03-17T00:00:00Z" }])`,
  ...Object.fromEntries(
    services.map((service) => [
      `replaying dead letters of ${service}`,
      () => `replay${service[0]?.toUpperCase()}${service.slice(1)}DeadLetters`,
    ]),
  ),
  ...Object.fromEntries(
    services.map((service) => [
      `dropping dead letters of ${service}`,
      () => `drop${service[0]?.toUpperCase()}${service.slice(1)}DeadLetters(eventIds: ["e"], reason: "none")`,
    ]),
  ),
};

/** Operators' reads, which hold the events of everybody. */
const letters = Object.fromEntries(
  services.map((service) => [
    `dead letters of ${service}`,
    () => `${service}DeadLetters(first: 1000) { eventId event }`,
  ]),
);

export const attacks: readonly Attack[] = [
  ...listed('query', reads, true),
  ...listed('query', searches, true),
  ...listed('mutation', changes, false),
  ...listed('query', letters, false),
];

function listed(type: Attack['type'], selections: Readonly<Record<string, Selection>>, shows: boolean) {
  return Object.entries(selections).map(([name, selection]) => ({ name, type, selection, shows }));
}
