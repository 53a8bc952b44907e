import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ReservationRow } from '../store/tables.ts';
import type { Connection } from '@airline/service';
import type { Context } from '../context.ts';
import type { CompleteResolvers } from '@airline/service';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar date in ISO 8601 format: `YYYY-MM-DD`. */
  Date: { input: string; output: string; }
  /** An instant in RFC 3339 format, UTC. */
  DateTime: { input: string; output: string; }
  /** An integer of at most 53 bits. Amounts of money are in the smallest unit of the currency. */
  SafeInt: { input: number; output: number; }
  _FieldSet: { input: string; output: string; }
};

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
  id: Scalars['ID']['input'];
};

export type CancelReservationPayload = {
  reservation: Reservation;
};

export type ConsumedStream = {
  /** Events that were not delivered to the service yet. */
  lag: Scalars['Int']['output'];
  /** Events that were delivered to it and not acknowledged. */
  pending: Scalars['Int']['output'];
  stream: Scalars['String']['output'];
};

export type Customer = {
  id: Scalars['ID']['output'];
  reservations: ReservationConnection;
};


export type CustomerReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReservationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** An event that a service failed to handle. It is kept until an operator replays or drops it. */
export type DeadLetter = {
  /** The number of delivery attempts. */
  deliveries: Scalars['Int']['output'];
  diedAt: Scalars['DateTime']['output'];
  /** The error of the last attempt. */
  error: Scalars['String']['output'];
  /** The event as received: a CloudEvents envelope in JSON. */
  event: Scalars['String']['output'];
  eventId: Scalars['ID']['output'];
  /** The event's type, such as `SeatsSoldOut`; empty where it cannot be read. */
  eventType: Scalars['String']['output'];
  /** The Redis stream the event was published to. */
  stream: Scalars['String']['output'];
};

export type Flight = {
  id: Scalars['ID']['output'];
  reservations: ReservationConnection;
};


export type FlightReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReservationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type Mutation = {
  /** Cancels a reservation. Canceling a canceled reservation is not an error. */
  cancelReservation: CancelReservationPayload;
  placeReservation: PlaceReservationPayload;
};


export type MutationCancelReservationArgs = {
  input: CancelReservationInput;
};


export type MutationPlaceReservationArgs = {
  input: PlaceReservationInput;
};

/** The position of a page in its connection. */
export type PageInfo = {
  /** The cursor of the last item; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether items follow this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item; null for an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type PlaceReservationInput = {
  /** Return once the reservation has succeeded or is canceled, or after 5 seconds with its status at that time. */
  awaitOutcome?: InputMaybe<Scalars['Boolean']['input']>;
  /** An id chosen by the caller, at most 100 characters. */
  customerId: Scalars['ID']['input'];
  flightId: Scalars['ID']['input'];
  /**
   * Unique per customer, at most 100 characters. A repeated key returns the first reservation and places nothing; with
   * other input it is refused with IDEMPOTENCY_KEY_REUSED.
   */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Default: today, UTC. */
  reserveDate?: InputMaybe<Scalars['Date']['input']>;
  /** From 1 to 1000. */
  seatQty: Scalars['Int']['input'];
};

export type PlaceReservationPayload = {
  reservation: Reservation;
};

export type Query = {
  /**
   * Whether the events of this service are held up, as far as the replica that responds knows: reservations stay PENDING until
   * they are published. For staff and operators.
   */
  eventsHeldUp: Scalars['Boolean']['output'];
  reservation?: Maybe<Reservation>;
  /** Reservations sorted by id, which is the order of placement; at most 100 a page (default 20). */
  reservations: ReservationConnection;
};


export type QueryReservationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReservationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type Reservation = {
  /** Null unless the reservation is canceled. */
  cancelReason?: Maybe<CancelReason>;
  customer: Customer;
  customerId: Scalars['ID']['output'];
  /** Null when the flight does not exist. */
  flight?: Maybe<Flight>;
  flightId: Scalars['ID']['output'];
  id: Scalars['ID']['output'];
  placedAt: Scalars['DateTime']['output'];
  /** Short enough to be spoken, XXXX-XXXX in Crockford's base 32: the last 40 bits of the id. */
  reference: Scalars['String']['output'];
  reserveDate: Scalars['Date']['output'];
  seatQty: Scalars['Int']['output'];
  status: ReservationStatus;
  updatedAt: Scalars['DateTime']['output'];
};

export type ReservationConnection = {
  edges: Array<ReservationEdge>;
  nodes: Array<Reservation>;
  pageInfo: PageInfo;
  /** The number of items on all pages; 100000 if there are more. */
  totalCount: Scalars['Int']['output'];
};

export type ReservationEdge = {
  cursor: Scalars['String']['output'];
  node: Reservation;
};

export type ReservationFilter = {
  cancelReason?: InputMaybe<CancelReason>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  flightId?: InputMaybe<Scalars['ID']['input']>;
  placedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Exclusive. */
  placedTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** As a person may write it: letter case and dashes do not matter, O is 0, and I and L are 1. */
  reference?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ReservationStatus>;
};

export type ReservationStatus =
  /** Final. Seats are released and the payment is refunded. */
  | 'CANCELED'
  /** Waiting for seats and payment. */
  | 'PENDING'
  /** Seats sold and paid. */
  | 'SUCCEED';

export type ServiceCheck = {
  name: Scalars['String']['output'];
  ok: Scalars['Boolean']['output'];
  /** Why it is not. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** Events that the service has committed and not published yet. */
export type ServiceOutbox = {
  /** Age of the oldest of them; null when there is none. */
  oldestMs?: Maybe<Scalars['SafeInt']['output']>;
  waiting: Scalars['Int']['output'];
};

export type ServiceRates = {
  /** 95th percentile of the duration of handling one; null when there were none. */
  eventP95Ms?: Maybe<Scalars['Float']['output']>;
  /** Events handled a second. */
  eventsPerSecond: Scalars['Float']['output'];
  /** The share of time for which the event loop of its process was busy, from 0 to 1. */
  loopUtilization: Scalars['Float']['output'];
  /** Memory of its process. */
  memoryBytes: Scalars['SafeInt']['output'];
  /** 95th percentile of their duration; null when there were none. */
  operationP95Ms?: Maybe<Scalars['Float']['output']>;
  /** GraphQL operations a second. */
  operationsPerSecond: Scalars['Float']['output'];
};

/** A member of the service's consumer groups. */
export type ServiceReplica = {
  /** Time since it last read any stream. */
  idleMs: Scalars['SafeInt']['output'];
  name: Scalars['String']['output'];
  /** Events that it has received and not acknowledged. */
  pending: Scalars['Int']['output'];
  /** Whether it has not read for so long that others take over what it holds. */
  silent: Scalars['Boolean']['output'];
};

export type ServiceState =
  /** A check failed without which it serves all the same. */
  | 'DEGRADED'
  | 'READY'
  | 'SHUTTING_DOWN'
  | 'UNAVAILABLE';

/** A service, as the replica that responds sees it. What it cannot find out at present is null. */
export type ServiceStatus = {
  /** The checks of its readiness. */
  checks: Array<ServiceCheck>;
  /** How many dead letters wait for an operator. */
  deadLetters?: Maybe<Scalars['Int']['output']>;
  name: Scalars['String']['output'];
  outbox?: Maybe<ServiceOutbox>;
  /** Of the replica that responds, within the last minute. */
  rates: ServiceRates;
  /** The replica that responds, by its name in consumer groups. */
  replica: Scalars['String']['output'];
  /** Those that handle its events; the one that responds alone without Redis. */
  replicas?: Maybe<Array<ServiceReplica>>;
  /** When the replica that responds was started. */
  startedAt: Scalars['DateTime']['output'];
  state: ServiceState;
  /** The streams whose events it handles. */
  streams?: Maybe<Array<ConsumedStream>>;
  version: Scalars['String']['output'];
};

export type Subscription = {
  /**
   * A reservation each time it is placed, succeeds or is canceled; all reservations by default. With an `id`, the first
   * payload is the reservation's current state, if it exists. Changes arrive in order and none is skipped; each shows the
   * reservation's status as of that change.
   */
  reservationUpdated: Reservation;
};


export type SubscriptionReservationUpdatedArgs = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Customer: Customer;
  Flight: Flight;
  Reservation: Reservation;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Flight:
    ( { __typename: 'Flight' }
    & GraphQLRecursivePick<FederationTypes['Flight'], {"id":true}> );
  Reservation:
    ( { __typename: 'Reservation' }
    & GraphQLRecursivePick<FederationTypes['Reservation'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CancelReason: CancelReason;
  CancelReservationInput: CancelReservationInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CancelReservationPayload: ResolverTypeWrapper<Omit<CancelReservationPayload, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  ConsumedStream: ResolverTypeWrapper<ConsumedStream>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Customer: ResolverTypeWrapper<Pick<Customer, 'id'>>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeadLetter: ResolverTypeWrapper<DeadLetter>;
  Flight: ResolverTypeWrapper<Pick<Flight, 'id'>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PlaceReservationInput: PlaceReservationInput;
  PlaceReservationPayload: ResolverTypeWrapper<Omit<PlaceReservationPayload, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reservation: ResolverTypeWrapper<ReservationRow>;
  ReservationConnection: ResolverTypeWrapper<Connection<ReservationRow>>;
  ReservationEdge: ResolverTypeWrapper<Omit<ReservationEdge, 'node'> & { node: ResolversTypes['Reservation'] }>;
  ReservationFilter: ReservationFilter;
  ReservationStatus: ReservationStatus;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ServiceCheck: ResolverTypeWrapper<ServiceCheck>;
  ServiceOutbox: ResolverTypeWrapper<ServiceOutbox>;
  ServiceRates: ResolverTypeWrapper<ServiceRates>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ServiceReplica: ResolverTypeWrapper<ServiceReplica>;
  ServiceState: ServiceState;
  ServiceStatus: ResolverTypeWrapper<ServiceStatus>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CancelReservationInput: CancelReservationInput;
  ID: Scalars['ID']['output'];
  CancelReservationPayload: Omit<CancelReservationPayload, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  ConsumedStream: ConsumedStream;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Customer: Pick<Customer, 'id'>;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeadLetter: DeadLetter;
  Flight: Pick<Flight, 'id'>;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  PlaceReservationInput: PlaceReservationInput;
  PlaceReservationPayload: Omit<PlaceReservationPayload, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  Query: Record<PropertyKey, never>;
  Reservation: ReservationRow;
  ReservationConnection: Connection<ReservationRow>;
  ReservationEdge: Omit<ReservationEdge, 'node'> & { node: ResolversParentTypes['Reservation'] };
  ReservationFilter: ReservationFilter;
  SafeInt: Scalars['SafeInt']['output'];
  ServiceCheck: ServiceCheck;
  ServiceOutbox: ServiceOutbox;
  ServiceRates: ServiceRates;
  Float: Scalars['Float']['output'];
  ServiceReplica: ServiceReplica;
  ServiceStatus: ServiceStatus;
  Subscription: Record<PropertyKey, never>;
};

export type CancelReservationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelReservationPayload'] = ResolversParentTypes['CancelReservationPayload']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
};

export type ConsumedStreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsumedStream'] = ResolversParentTypes['ConsumedStream']> = {
  lag?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']>, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reservations?: Resolver<ResolversTypes['ReservationConnection'], ParentType, ContextType, Partial<CustomerReservationsArgs>>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeadLetterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter']> = {
  deliveries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  diedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FlightResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Flight'] = ResolversParentTypes['Flight'], FederationReferenceType extends FederationReferenceTypes['Flight'] = FederationReferenceTypes['Flight']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Flight']>, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reservations?: Resolver<ResolversTypes['ReservationConnection'], ParentType, ContextType, Partial<FlightReservationsArgs>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelReservation?: Resolver<ResolversTypes['CancelReservationPayload'], ParentType, ContextType, RequireFields<MutationCancelReservationArgs, 'input'>>;
  placeReservation?: Resolver<ResolversTypes['PlaceReservationPayload'], ParentType, ContextType, RequireFields<MutationPlaceReservationArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlaceReservationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlaceReservationPayload'] = ResolversParentTypes['PlaceReservationPayload']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  eventsHeldUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType, RequireFields<QueryReservationArgs, 'id'>>;
  reservations?: Resolver<ResolversTypes['ReservationConnection'], ParentType, ContextType, Partial<QueryReservationsArgs>>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation'], FederationReferenceType extends FederationReferenceTypes['Reservation'] = FederationReferenceTypes['Reservation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reservation']>, FederationReferenceType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['CancelReason']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  flight?: Resolver<Maybe<ResolversTypes['Flight']>, ParentType, ContextType>;
  flightId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reserveDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  seatQty?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReservationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationConnection'] = ResolversParentTypes['ReservationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReservationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Reservation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReservationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationEdge'] = ResolversParentTypes['ReservationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type ServiceCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceCheck'] = ResolversParentTypes['ServiceCheck']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ServiceOutboxResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceOutbox'] = ResolversParentTypes['ServiceOutbox']> = {
  oldestMs?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ServiceRatesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceRates'] = ResolversParentTypes['ServiceRates']> = {
  eventP95Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  eventsPerSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  loopUtilization?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  memoryBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  operationP95Ms?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  operationsPerSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ServiceReplicaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceReplica'] = ResolversParentTypes['ServiceReplica']> = {
  idleMs?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  silent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ServiceStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServiceStatus'] = ResolversParentTypes['ServiceStatus']> = {
  checks?: Resolver<Array<ResolversTypes['ServiceCheck']>, ParentType, ContextType>;
  deadLetters?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outbox?: Resolver<Maybe<ResolversTypes['ServiceOutbox']>, ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['ServiceRates'], ParentType, ContextType>;
  replica?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  replicas?: Resolver<Maybe<Array<ResolversTypes['ServiceReplica']>>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ServiceState'], ParentType, ContextType>;
  streams?: Resolver<Maybe<Array<ResolversTypes['ConsumedStream']>>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  reservationUpdated?: SubscriptionResolver<ResolversTypes['Reservation'], "reservationUpdated", ParentType, ContextType, Partial<SubscriptionReservationUpdatedArgs>>;
};

export type Resolvers<ContextType = Context> = {
  CancelReservationPayload?: CancelReservationPayloadResolvers<ContextType>;
  ConsumedStream?: ConsumedStreamResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  Flight?: FlightResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PlaceReservationPayload?: PlaceReservationPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReservationConnection?: ReservationConnectionResolvers<ContextType>;
  ReservationEdge?: ReservationEdgeResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ServiceCheck?: ServiceCheckResolvers<ContextType>;
  ServiceOutbox?: ServiceOutboxResolvers<ContextType>;
  ServiceRates?: ServiceRatesResolvers<ContextType>;
  ServiceReplica?: ServiceReplicaResolvers<ContextType>;
  ServiceStatus?: ServiceStatusResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};


/** What `resolvers/index.ts` exports. */
export type SubgraphResolvers = CompleteResolvers<Resolvers, ResolversParentTypes>;