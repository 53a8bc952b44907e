/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CancelReason =
  /** The customer canceled. */
  | 'CUSTOMER'
  /** The reservation was PENDING for longer than the hold time. */
  | 'EXPIRED'
  /** The reserve date is after the flight's take-off date. */
  | 'FLIGHT_DEPARTED'
  | 'FLIGHT_NOT_FOUND'
  | 'PAYMENT_DECLINED'
  | 'SEATS_SOLD_OUT';

export type CancelReservationInput = {
  id: string;
};

export type CustomerInfoFilter = {
  /** What the customer id begins with. */
  customerIdPrefix?: string | null | undefined;
};

/** How customers are sorted; those of one value by customer id. */
export type CustomerInfoOrder =
  | 'CUSTOMER'
  | 'FLIGHT_COUNT'
  /** By the latest reserve date; customers without one come first. */
  | 'RECENT_RESERVE_DATE'
  | 'UPDATED';

export type FlightFilter = {
  /** The highest price of one seat, in the smallest unit of its currency: give `currency`, too, or 200 takes ₩200 and €2. */
  costTo?: number | null | undefined;
  /** ISO 4217, for example KRW. */
  currency?: string | null | undefined;
  flightCode?: string | null | undefined;
  /** What the flight code begins with; the case of its Latin letters does not matter. */
  flightCodePrefix?: string | null | undefined;
  minRemainingSeats?: number | null | undefined;
  takeoffDateFrom?: string | null | undefined;
  takeoffDateTo?: string | null | undefined;
};

/** How flights are sorted; those of one value by id. */
export type FlightOrder =
  /** By flight code; the case of its Latin letters does not matter. */
  | 'CODE'
  /** By the price of one seat in the smallest unit of its currency, whatever that is. */
  | 'COST'
  /** By take-off date. */
  | 'DEPARTURE'
  /** By id, which is the order of registration. */
  | 'REGISTERED';

export type PaymentStatus =
  /** Refused by the payment provider; nothing was charged. */
  | 'DECLINED'
  | 'PAID'
  /** Sent to the payment provider; no result yet. */
  | 'PENDING'
  | 'REFUNDED'
  /** The reservation is canceled; the refund is in progress. */
  | 'REFUNDING';

export type PlaceReservationInput = {
  /** Return once the reservation has succeeded or is canceled, or after 5 seconds with its status at that time. */
  awaitOutcome?: boolean | null | undefined;
  /** An id chosen by the caller, at most 100 characters. */
  customerId: string;
  flightId: string;
  /**
   * Unique per customer, at most 100 characters. A repeated key returns the first reservation and places nothing; with
   * other input it is refused with IDEMPOTENCY_KEY_REUSED.
   */
  idempotencyKey?: string | null | undefined;
  /** Default: today, UTC. */
  reserveDate?: string | null | undefined;
  /** From 1 to 1000. */
  seatQty: number;
};

export type RegisterFlightInput = {
  /** The price of one seat; 0 or more. */
  cost: number;
  /** ISO 4217, for example KRW. It does not change later. */
  currency?: string | null | undefined;
  /** At most 20 characters, for example ACE890. */
  flightCode: string;
  /** The capacity; all seats are free initially. */
  remainingSeatsCount: number;
  takeoffDate: string;
};

export type ReservationFilter = {
  cancelReason?: CancelReason | null | undefined;
  customerId?: string | null | undefined;
  flightId?: string | null | undefined;
  placedFrom?: string | null | undefined;
  /** Exclusive. */
  placedTo?: string | null | undefined;
  /** As a person may write it: letter case and dashes do not matter, O is 0, and I and L are 1. */
  reference?: string | null | undefined;
  status?: ReservationStatus | null | undefined;
};

export type ReservationStatus =
  /** Final. Seats are released and the payment is refunded. */
  | 'CANCELED'
  /** Waiting for seats and payment. */
  | 'PENDING'
  /** Seats sold and paid. */
  | 'SUCCEED';

export type UpdateFlightInput = {
  /** Not below the number of held and sold seats. */
  capacity?: number | null | undefined;
  cost?: number | null | undefined;
  id: string;
  takeoffDate?: string | null | undefined;
};

export type FlightFieldsFragment = { id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number };

export type ReservationFieldsFragment = { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string };

export type CustomerInfoFieldsFragment = { customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string };

export type PaymentFieldsFragment = { id: string, cost: number, currency: string, status: PaymentStatus, paidAt: string | null, refundedAt: string | null, reservation: { id: string } };

export type CursorsFragment = { hasNextPage: boolean, endCursor: string | null, hasPreviousPage: boolean, startCursor: string | null };

export type FlightsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: FlightFilter | null | undefined;
  order?: FlightOrder | null | undefined;
}>;


export type FlightsQuery = { flights: { totalCount: number, nodes: Array<{ id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null, hasPreviousPage: boolean, startCursor: string | null } } };

export type FlightQueryVariables = Exact<{
  id: string;
}>;


export type FlightQuery = { flight: { id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number } | null };

export type ReservationsQueryVariables = Exact<{
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ReservationFilter | null | undefined;
}>;


export type ReservationsQuery = { reservations: { totalCount: number, nodes: Array<{ id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null, hasPreviousPage: boolean, startCursor: string | null } } };

export type PendingReservationsQueryVariables = Exact<{ [key: string]: never; }>;


export type PendingReservationsQuery = { reservations: { nodes: Array<{ id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string }> } };

export type EventsHeldUpQueryVariables = Exact<{ [key: string]: never; }>;


export type EventsHeldUpQuery = { eventsHeldUp: boolean };

export type FlightsOfReservationsQueryVariables = Exact<{
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ReservationFilter | null | undefined;
}>;


export type FlightsOfReservationsQuery = { reservations: { nodes: Array<{ flight: { id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number } | null }> } };

export type CustomerInfosQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: CustomerInfoFilter | null | undefined;
  order?: CustomerInfoOrder | null | undefined;
}>;


export type CustomerInfosQuery = { customerInfos: { totalCount: number, nodes: Array<{ customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null, hasPreviousPage: boolean, startCursor: string | null } } };

export type CustomerInfoQueryVariables = Exact<{
  customerId: string;
}>;


export type CustomerInfoQuery = { customerInfo: { customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string } | null };

export type CustomerPaymentsQueryVariables = Exact<{
  id: string;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type CustomerPaymentsQuery = { customer: { payments: { totalCount: number, nodes: Array<{ id: string, cost: number, currency: string, status: PaymentStatus, paidAt: string | null, refundedAt: string | null, reservation: { id: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null, hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type StatisticsQueryVariables = Exact<{ [key: string]: never; }>;


export type StatisticsQuery = { statistics: { placed: number, pending: number, succeeded: number, canceled: number, customers: number, minutes: Array<{ at: string, placed: number, succeeded: number, canceled: number }>, outcomes: Array<{ status: string, cancelReason: string | null, count: number }>, latency: { count: number, p50Ms: number | null, p95Ms: number | null, p99Ms: number | null, buckets: Array<{ upToMs: number | null, count: number }> } } };

export type PromotionsQueryVariables = Exact<{ [key: string]: never; }>;


export type PromotionsQuery = { promotions: Array<{ name: string, text: string }> };

export type BookingHistoryQueryVariables = Exact<{
  id: string;
}>;


export type BookingHistoryQuery = { reservation: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string, history: Array<{ event: string, service: string, at: string, seatQty: number | null, amount: number | null, currency: string | null, reason: string | null }>, payment: { id: string, cost: number, currency: string, status: PaymentStatus } | null } | null };

export type RegisterFlightMutationVariables = Exact<{
  input: RegisterFlightInput;
}>;


export type RegisterFlightMutation = { registerFlight: { flight: { id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number } } };

export type UpdateFlightMutationVariables = Exact<{
  input: UpdateFlightInput;
}>;


export type UpdateFlightMutation = { updateFlight: { flight: { id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number } } };

export type PlaceReservationMutationVariables = Exact<{
  input: PlaceReservationInput;
}>;


export type PlaceReservationMutation = { placeReservation: { reservation: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string } } };

export type CancelReservationMutationVariables = Exact<{
  input: CancelReservationInput;
}>;


export type CancelReservationMutation = { cancelReservation: { reservation: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string } } };

export type FlightUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type FlightUpdatedSubscription = { flightUpdated: { id: string, flightCode: string, takeoffDate: string, cost: number, currency: string, capacity: number, remainingSeatsCount: number } };

export type ReservationUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ReservationUpdatedSubscription = { reservationUpdated: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string } };

export type CustomerInfoUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CustomerInfoUpdatedSubscription = { customerInfoUpdated: { customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FlightFieldsFragmentDoc = new TypedDocumentString(`
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}
    `, {"fragmentName":"FlightFields"}) as unknown as TypedDocumentString<FlightFieldsFragment, unknown>;
export const ReservationFieldsFragmentDoc = new TypedDocumentString(`
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}
    `, {"fragmentName":"ReservationFields"}) as unknown as TypedDocumentString<ReservationFieldsFragment, unknown>;
export const CustomerInfoFieldsFragmentDoc = new TypedDocumentString(`
    fragment CustomerInfoFields on CustomerInfo {
  customerId
  flightCount
  recentReserveDate
  canceledCount
  updatedAt
}
    `, {"fragmentName":"CustomerInfoFields"}) as unknown as TypedDocumentString<CustomerInfoFieldsFragment, unknown>;
export const PaymentFieldsFragmentDoc = new TypedDocumentString(`
    fragment PaymentFields on Payment {
  id
  cost
  currency
  status
  paidAt
  refundedAt
  reservation {
    id
  }
}
    `, {"fragmentName":"PaymentFields"}) as unknown as TypedDocumentString<PaymentFieldsFragment, unknown>;
export const CursorsFragmentDoc = new TypedDocumentString(`
    fragment Cursors on PageInfo {
  hasNextPage
  endCursor
  hasPreviousPage
  startCursor
}
    `, {"fragmentName":"Cursors"}) as unknown as TypedDocumentString<CursorsFragment, unknown>;
export const FlightsDocument = new TypedDocumentString(`
    query Flights($first: Int, $after: String, $last: Int, $before: String, $filter: FlightFilter, $order: FlightOrder) {
  flights(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    order: $order
  ) {
    nodes {
      ...FlightFields
    }
    pageInfo {
      ...Cursors
    }
    totalCount
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}
fragment Cursors on PageInfo {
  hasNextPage
  endCursor
  hasPreviousPage
  startCursor
}`) as unknown as TypedDocumentString<FlightsQuery, FlightsQueryVariables>;
export const FlightDocument = new TypedDocumentString(`
    query Flight($id: ID!) {
  flight(id: $id) {
    ...FlightFields
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<FlightQuery, FlightQueryVariables>;
export const ReservationsDocument = new TypedDocumentString(`
    query Reservations($last: Int, $before: String, $filter: ReservationFilter) {
  reservations(last: $last, before: $before, filter: $filter) {
    nodes {
      ...ReservationFields
    }
    pageInfo {
      ...Cursors
    }
    totalCount
  }
}
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}
fragment Cursors on PageInfo {
  hasNextPage
  endCursor
  hasPreviousPage
  startCursor
}`) as unknown as TypedDocumentString<ReservationsQuery, ReservationsQueryVariables>;
export const PendingReservationsDocument = new TypedDocumentString(`
    query PendingReservations {
  reservations(first: 20, filter: {status: PENDING}) {
    nodes {
      ...ReservationFields
    }
  }
}
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}`) as unknown as TypedDocumentString<PendingReservationsQuery, PendingReservationsQueryVariables>;
export const EventsHeldUpDocument = new TypedDocumentString(`
    query EventsHeldUp {
  eventsHeldUp
}
    `) as unknown as TypedDocumentString<EventsHeldUpQuery, EventsHeldUpQueryVariables>;
export const FlightsOfReservationsDocument = new TypedDocumentString(`
    query FlightsOfReservations($last: Int, $before: String, $filter: ReservationFilter) {
  reservations(last: $last, before: $before, filter: $filter) {
    nodes {
      flight {
        ...FlightFields
      }
    }
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<FlightsOfReservationsQuery, FlightsOfReservationsQueryVariables>;
export const CustomerInfosDocument = new TypedDocumentString(`
    query CustomerInfos($first: Int, $after: String, $last: Int, $before: String, $filter: CustomerInfoFilter, $order: CustomerInfoOrder) {
  customerInfos(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    order: $order
  ) {
    nodes {
      ...CustomerInfoFields
    }
    pageInfo {
      ...Cursors
    }
    totalCount
  }
}
    fragment CustomerInfoFields on CustomerInfo {
  customerId
  flightCount
  recentReserveDate
  canceledCount
  updatedAt
}
fragment Cursors on PageInfo {
  hasNextPage
  endCursor
  hasPreviousPage
  startCursor
}`) as unknown as TypedDocumentString<CustomerInfosQuery, CustomerInfosQueryVariables>;
export const CustomerInfoDocument = new TypedDocumentString(`
    query CustomerInfo($customerId: ID!) {
  customerInfo(customerId: $customerId) {
    ...CustomerInfoFields
  }
}
    fragment CustomerInfoFields on CustomerInfo {
  customerId
  flightCount
  recentReserveDate
  canceledCount
  updatedAt
}`) as unknown as TypedDocumentString<CustomerInfoQuery, CustomerInfoQueryVariables>;
export const CustomerPaymentsDocument = new TypedDocumentString(`
    query CustomerPayments($id: ID!, $last: Int, $before: String) {
  customer(id: $id) {
    payments(last: $last, before: $before) {
      nodes {
        ...PaymentFields
      }
      pageInfo {
        ...Cursors
      }
      totalCount
    }
  }
}
    fragment PaymentFields on Payment {
  id
  cost
  currency
  status
  paidAt
  refundedAt
  reservation {
    id
  }
}
fragment Cursors on PageInfo {
  hasNextPage
  endCursor
  hasPreviousPage
  startCursor
}`) as unknown as TypedDocumentString<CustomerPaymentsQuery, CustomerPaymentsQueryVariables>;
export const StatisticsDocument = new TypedDocumentString(`
    query Statistics {
  statistics {
    placed
    pending
    succeeded
    canceled
    customers
    minutes {
      at
      placed
      succeeded
      canceled
    }
    outcomes {
      status
      cancelReason
      count
    }
    latency {
      count
      p50Ms
      p95Ms
      p99Ms
      buckets {
        upToMs
        count
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StatisticsQuery, StatisticsQueryVariables>;
export const PromotionsDocument = new TypedDocumentString(`
    query Promotions {
  promotions {
    name
    text
  }
}
    `) as unknown as TypedDocumentString<PromotionsQuery, PromotionsQueryVariables>;
export const BookingHistoryDocument = new TypedDocumentString(`
    query BookingHistory($id: ID!) {
  reservation(id: $id) {
    ...ReservationFields
    history {
      event
      service
      at
      seatQty
      amount
      currency
      reason
    }
    payment {
      id
      cost
      currency
      status
    }
  }
}
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}`) as unknown as TypedDocumentString<BookingHistoryQuery, BookingHistoryQueryVariables>;
export const RegisterFlightDocument = new TypedDocumentString(`
    mutation RegisterFlight($input: RegisterFlightInput!) {
  registerFlight(input: $input) {
    flight {
      ...FlightFields
    }
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<RegisterFlightMutation, RegisterFlightMutationVariables>;
export const UpdateFlightDocument = new TypedDocumentString(`
    mutation UpdateFlight($input: UpdateFlightInput!) {
  updateFlight(input: $input) {
    flight {
      ...FlightFields
    }
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<UpdateFlightMutation, UpdateFlightMutationVariables>;
export const PlaceReservationDocument = new TypedDocumentString(`
    mutation PlaceReservation($input: PlaceReservationInput!) {
  placeReservation(input: $input) {
    reservation {
      ...ReservationFields
    }
  }
}
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}`) as unknown as TypedDocumentString<PlaceReservationMutation, PlaceReservationMutationVariables>;
export const CancelReservationDocument = new TypedDocumentString(`
    mutation CancelReservation($input: CancelReservationInput!) {
  cancelReservation(input: $input) {
    reservation {
      ...ReservationFields
    }
  }
}
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}`) as unknown as TypedDocumentString<CancelReservationMutation, CancelReservationMutationVariables>;
export const FlightUpdatedDocument = new TypedDocumentString(`
    subscription FlightUpdated {
  flightUpdated {
    ...FlightFields
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  currency
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<FlightUpdatedSubscription, FlightUpdatedSubscriptionVariables>;
export const ReservationUpdatedDocument = new TypedDocumentString(`
    subscription ReservationUpdated {
  reservationUpdated {
    ...ReservationFields
  }
}
    fragment ReservationFields on Reservation {
  id
  reference
  customerId
  flightId
  seatQty
  reserveDate
  status
  cancelReason
  placedAt
  updatedAt
}`) as unknown as TypedDocumentString<ReservationUpdatedSubscription, ReservationUpdatedSubscriptionVariables>;
export const CustomerInfoUpdatedDocument = new TypedDocumentString(`
    subscription CustomerInfoUpdated {
  customerInfoUpdated {
    ...CustomerInfoFields
  }
}
    fragment CustomerInfoFields on CustomerInfo {
  customerId
  flightCount
  recentReserveDate
  canceledCount
  updatedAt
}`) as unknown as TypedDocumentString<CustomerInfoUpdatedSubscription, CustomerInfoUpdatedSubscriptionVariables>;