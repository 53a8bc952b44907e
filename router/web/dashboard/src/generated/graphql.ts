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
  /** At most 20 characters, for example ACE890. */
  flightCode: string;
  /** The capacity; all seats are free initially. */
  remainingSeatsCount: number;
  takeoffDate: string;
};

export type ReservationStatus =
  /** Final. Seats are released and the payment is refunded. */
  | 'CANCELED'
  /** Waiting for seats and payment. */
  | 'PENDING'
  /** Seats sold and paid. */
  | 'SUCCEED';

export type FlightFieldsFragment = { id: string, flightCode: string, takeoffDate: string, cost: number, capacity: number, remainingSeatsCount: number };

export type ReservationFieldsFragment = { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string };

export type CustomerInfoFieldsFragment = { customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string };

export type FlightsQueryVariables = Exact<{
  before?: string | null | undefined;
}>;


export type FlightsQuery = { flights: { totalCount: number, nodes: Array<{ id: string, flightCode: string, takeoffDate: string, cost: number, capacity: number, remainingSeatsCount: number }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } };

export type FlightQueryVariables = Exact<{
  id: string;
}>;


export type FlightQuery = { flight: { id: string, flightCode: string, takeoffDate: string, cost: number, capacity: number, remainingSeatsCount: number } | null };

export type ReservationsQueryVariables = Exact<{
  before?: string | null | undefined;
}>;


export type ReservationsQuery = { reservations: { totalCount: number, nodes: Array<{ id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } };

export type CustomerInfosQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CustomerInfosQuery = { customerInfos: { totalCount: number, nodes: Array<{ customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CustomerInfoQueryVariables = Exact<{
  customerId: string;
}>;


export type CustomerInfoQuery = { customerInfo: { customerId: string, flightCount: number, recentReserveDate: string | null, canceledCount: number, updatedAt: string } | null };

export type PromotionsQueryVariables = Exact<{ [key: string]: never; }>;


export type PromotionsQuery = { promotions: Array<{ name: string, text: string }> };

export type BookingHistoryQueryVariables = Exact<{
  id: string;
}>;


export type BookingHistoryQuery = { reservation: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string, history: Array<{ event: string, service: string, at: string, detail: string | null }>, payment: { id: string, cost: number, status: PaymentStatus } | null } | null };

export type RegisterFlightMutationVariables = Exact<{
  input: RegisterFlightInput;
}>;


export type RegisterFlightMutation = { registerFlight: { flight: { id: string, flightCode: string, takeoffDate: string, cost: number, capacity: number, remainingSeatsCount: number } } };

export type PlaceReservationMutationVariables = Exact<{
  input: PlaceReservationInput;
}>;


export type PlaceReservationMutation = { placeReservation: { reservation: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string } } };

export type CancelReservationMutationVariables = Exact<{
  input: CancelReservationInput;
}>;


export type CancelReservationMutation = { cancelReservation: { reservation: { id: string, reference: string, customerId: string, flightId: string, seatQty: number, reserveDate: string, status: ReservationStatus, cancelReason: CancelReason | null, placedAt: string, updatedAt: string } } };

export type FlightUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type FlightUpdatedSubscription = { flightUpdated: { id: string, flightCode: string, takeoffDate: string, cost: number, capacity: number, remainingSeatsCount: number } };

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
export const FlightsDocument = new TypedDocumentString(`
    query Flights($before: String) {
  flights(last: 100, before: $before) {
    nodes {
      ...FlightFields
    }
    pageInfo {
      hasPreviousPage
      startCursor
    }
    totalCount
  }
}
    fragment FlightFields on Flight {
  id
  flightCode
  takeoffDate
  cost
  capacity
  remainingSeatsCount
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
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<FlightQuery, FlightQueryVariables>;
export const ReservationsDocument = new TypedDocumentString(`
    query Reservations($before: String) {
  reservations(last: 100, before: $before) {
    nodes {
      ...ReservationFields
    }
    pageInfo {
      hasPreviousPage
      startCursor
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
}`) as unknown as TypedDocumentString<ReservationsQuery, ReservationsQueryVariables>;
export const CustomerInfosDocument = new TypedDocumentString(`
    query CustomerInfos($after: String) {
  customerInfos(first: 100, after: $after) {
    nodes {
      ...CustomerInfoFields
    }
    pageInfo {
      hasNextPage
      endCursor
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
      detail
    }
    payment {
      id
      cost
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
  capacity
  remainingSeatsCount
}`) as unknown as TypedDocumentString<RegisterFlightMutation, RegisterFlightMutationVariables>;
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