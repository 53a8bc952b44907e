import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerInfoRow, SagaStepRow } from '../store/tables.ts';
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

export type CancellationInput = {
  at: Scalars['DateTime']['input'];
  /** A `CancelReason`. */
  reason: Scalars['String']['input'];
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
  /** Null for a customer without reservations. */
  info?: Maybe<CustomerInfo>;
};

/** How often a customer reserved, and the latest reserve date. Projected from events, so eventually consistent. */
export type CustomerInfo = {
  canceledCount: Scalars['Int']['output'];
  customer: Customer;
  customerId: Scalars['ID']['output'];
  /** Number of reservations, including canceled ones. */
  flightCount: Scalars['Int']['output'];
  /** The latest reserve date of these reservations. */
  recentReserveDate?: Maybe<Scalars['Date']['output']>;
  updatedAt: Scalars['DateTime']['output'];
};

export type CustomerInfoConnection = {
  edges: Array<CustomerInfoEdge>;
  nodes: Array<CustomerInfo>;
  pageInfo: PageInfo;
  /** The number of items on all pages; 100000 if there are more. */
  totalCount: Scalars['Int']['output'];
};

export type CustomerInfoEdge = {
  cursor: Scalars['String']['output'];
  node: CustomerInfo;
};

export type CustomerInfoFilter = {
  /** What the customer id begins with. */
  customerIdPrefix?: InputMaybe<Scalars['String']['input']>;
};

/** How customers are sorted; those of one value by customer id. */
export type CustomerInfoOrder =
  | 'CUSTOMER'
  | 'FLIGHT_COUNT'
  /** By the latest reserve date; customers without one come first. */
  | 'RECENT_RESERVE_DATE'
  | 'UPDATED';

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

export type EraseCustomerInput = {
  customerId: Scalars['ID']['input'];
  /** Why, in at most 500 characters that name nobody. */
  reason: Scalars['String']['input'];
};

export type ErasedCustomer = {
  customerId: Scalars['ID']['output'];
  /** When the customer was erased first. */
  erasedAt: Scalars['DateTime']['output'];
  reason: Scalars['String']['output'];
  /** Steps of histories that said whose they were until this call. */
  steps: Scalars['Int']['output'];
};

export type LatencyBucket = {
  count: Scalars['Int']['output'];
  /** The longest time of the bucket; the shortest is above that of the bucket before. Null: any longer time. */
  upToMs?: Maybe<Scalars['Int']['output']>;
};

/** What happened in one minute. */
export type MinuteStatistics = {
  /** Its start. */
  at: Scalars['DateTime']['output'];
  canceled: Scalars['Int']['output'];
  placed: Scalars['Int']['output'];
  succeeded: Scalars['Int']['output'];
};

export type Mutation = {
  /**
   * Erases what the dashboard knows of a customer, for good: the info, and whose the histories of reservations are. Of the
   * customer's events, nothing that comes later is counted. Erasing twice is no error. For operators.
   */
  eraseCustomer: ErasedCustomer;
  /**
   * Second step of a rebuild, called until it returns no `endCustomerId`: recomputes the next 100 infos from the placements
   * and cancellations that have been counted. For operators.
   */
  recountCustomerInfos: RecountedInfos;
  /**
   * First step of a rebuild: counts those placements, successes and cancellations of the given reservations (at most 1000)
   * that have not been counted, as if their events had arrived. Returns how many they are. For operators.
   */
  replayReservations: Scalars['Int']['output'];
};


export type MutationEraseCustomerArgs = {
  input: EraseCustomerInput;
};


export type MutationRecountCustomerInfosArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationReplayReservationsArgs = {
  input: Array<ReservationInput>;
};

export type OutcomeCount = {
  /** A `CancelReason`; null for SUCCEED. */
  cancelReason?: Maybe<Scalars['String']['output']>;
  count: Scalars['Int']['output'];
  /** SUCCEED or CANCELED. */
  status: Scalars['String']['output'];
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

export type Query = {
  /** Returns a customer for any id; `info` is null for one without reservations. */
  customer?: Maybe<Customer>;
  customerInfo?: Maybe<CustomerInfo>;
  /**
   * Customers with reservations in the order asked for, at most 100 a page (default 20); `last` with `before` pages from
   * its end. Cursors are those of one order.
   */
  customerInfos: CustomerInfoConnection;
  /** Figures of all reservations, and of the last minutes (1 to 180), the running one included. For staff and operators. */
  statistics: Statistics;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomerInfoArgs = {
  customerId: Scalars['ID']['input'];
};


export type QueryCustomerInfosArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerInfoFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  order?: InputMaybe<CustomerInfoOrder>;
};


export type QueryStatisticsArgs = {
  minutes?: InputMaybe<Scalars['Int']['input']>;
};

export type RecountedInfos = {
  /** How many of them were wrong. */
  corrected: Scalars['Int']['output'];
  /** The last customer; null when no others follow. */
  endCustomerId?: Maybe<Scalars['ID']['output']>;
  recounted: Scalars['Int']['output'];
};

export type Reservation = {
  /** The events of its saga across all services, sorted by time. */
  history: Array<SagaStep>;
  id: Scalars['ID']['output'];
};

/** A reservation as the reservation service returns it. */
export type ReservationInput = {
  /** Omit unless the reservation is canceled. */
  canceled?: InputMaybe<CancellationInput>;
  customerId: Scalars['ID']['input'];
  flightId: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
  placedAt: Scalars['DateTime']['input'];
  reserveDate: Scalars['Date']['input'];
  seatQty: Scalars['Int']['input'];
  /** Omit unless its status is SUCCEED. */
  succeededAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/**
 * How long it took from the placement to the outcome, of the sagas that settled in these minutes. A customer's cancellation
 * would measure the customer and is left out. Percentiles are interpolated within their buckets, and null without sagas.
 */
export type SagaLatency = {
  buckets: Array<LatencyBucket>;
  count: Scalars['Int']['output'];
  p50Ms?: Maybe<Scalars['Int']['output']>;
  p95Ms?: Maybe<Scalars['Int']['output']>;
  p99Ms?: Maybe<Scalars['Int']['output']>;
};

export type SagaStep = {
  /** What is to be paid, or was paid, declined or refunded: the whole sum, in the smallest unit of the currency. */
  amount?: Maybe<Scalars['SafeInt']['output']>;
  at: Scalars['DateTime']['output'];
  /** The currency of the amount, as ISO 4217 has it. */
  currency?: Maybe<Scalars['String']['output']>;
  /** The event's seats, amount or reason, as text. */
  detail?: Maybe<Scalars['String']['output']>;
  /** The event's type, for example ReservationPlaced. */
  event: Scalars['String']['output'];
  /** Why it was refused or canceled: a `CancelReason`. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Seats that were asked for, held or released. */
  seatQty?: Maybe<Scalars['Int']['output']>;
  /** The service that published the event. */
  service: Scalars['String']['output'];
  /** The trace of the request that caused the event, as W3C Trace Context has it; null where it was not traced. */
  traceId?: Maybe<Scalars['String']['output']>;
};

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

/**
 * Counts of reservations, each of which is counted once. Projected from events, so eventually consistent; erasing a customer
 * leaves all but `customers` as it is.
 */
export type Statistics = {
  /** One that had succeeded before counts as canceled only. */
  canceled: Scalars['Int']['output'];
  /** Customers with reservations who were not erased. */
  customers: Scalars['Int']['output'];
  latency: SagaLatency;
  /** Oldest first; minutes in which nothing happened are among them. */
  minutes: Array<MinuteStatistics>;
  /** What reservations became in these minutes, the most frequent first. One that succeeded and was canceled counts in both. */
  outcomes: Array<OutcomeCount>;
  /** Those that have not settled. */
  pending: Scalars['Int']['output'];
  /** All reservations that were ever placed. */
  placed: Scalars['Int']['output'];
  succeeded: Scalars['Int']['output'];
};

export type Subscription = {
  /**
   * A customer's info each time it changes; all customers by default. With a `customerId`, the first payload is the current
   * info, if there is any. Changes arrive in order and none is skipped.
   */
  customerInfoUpdated: CustomerInfo;
};


export type SubscriptionCustomerInfoUpdatedArgs = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
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
  CustomerInfo: CustomerInfo;
  Reservation: Reservation;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  CustomerInfo:
    ( { __typename: 'CustomerInfo' }
    & GraphQLRecursivePick<FederationTypes['CustomerInfo'], {"customerId":true}> );
  Reservation:
    ( { __typename: 'Reservation' }
    & GraphQLRecursivePick<FederationTypes['Reservation'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CancellationInput: CancellationInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ConsumedStream: ResolverTypeWrapper<ConsumedStream>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Customer: ResolverTypeWrapper<Pick<Customer, 'id'>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CustomerInfo: ResolverTypeWrapper<CustomerInfoRow>;
  CustomerInfoConnection: ResolverTypeWrapper<Connection<CustomerInfoRow>>;
  CustomerInfoEdge: ResolverTypeWrapper<Omit<CustomerInfoEdge, 'node'> & { node: ResolversTypes['CustomerInfo'] }>;
  CustomerInfoFilter: CustomerInfoFilter;
  CustomerInfoOrder: CustomerInfoOrder;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeadLetter: ResolverTypeWrapper<DeadLetter>;
  EraseCustomerInput: EraseCustomerInput;
  ErasedCustomer: ResolverTypeWrapper<ErasedCustomer>;
  LatencyBucket: ResolverTypeWrapper<LatencyBucket>;
  MinuteStatistics: ResolverTypeWrapper<MinuteStatistics>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OutcomeCount: ResolverTypeWrapper<OutcomeCount>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecountedInfos: ResolverTypeWrapper<RecountedInfos>;
  Reservation: ResolverTypeWrapper<Pick<Reservation, 'id'>>;
  ReservationInput: ReservationInput;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SagaLatency: ResolverTypeWrapper<SagaLatency>;
  SagaStep: ResolverTypeWrapper<SagaStepRow>;
  ServiceCheck: ResolverTypeWrapper<ServiceCheck>;
  ServiceOutbox: ResolverTypeWrapper<ServiceOutbox>;
  ServiceRates: ResolverTypeWrapper<ServiceRates>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ServiceReplica: ResolverTypeWrapper<ServiceReplica>;
  ServiceState: ServiceState;
  ServiceStatus: ResolverTypeWrapper<ServiceStatus>;
  Statistics: ResolverTypeWrapper<Statistics>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CancellationInput: CancellationInput;
  String: Scalars['String']['output'];
  ConsumedStream: ConsumedStream;
  Int: Scalars['Int']['output'];
  Customer: Pick<Customer, 'id'>;
  ID: Scalars['ID']['output'];
  CustomerInfo: CustomerInfoRow;
  CustomerInfoConnection: Connection<CustomerInfoRow>;
  CustomerInfoEdge: Omit<CustomerInfoEdge, 'node'> & { node: ResolversParentTypes['CustomerInfo'] };
  CustomerInfoFilter: CustomerInfoFilter;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeadLetter: DeadLetter;
  EraseCustomerInput: EraseCustomerInput;
  ErasedCustomer: ErasedCustomer;
  LatencyBucket: LatencyBucket;
  MinuteStatistics: MinuteStatistics;
  Mutation: Record<PropertyKey, never>;
  OutcomeCount: OutcomeCount;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  RecountedInfos: RecountedInfos;
  Reservation: Pick<Reservation, 'id'>;
  ReservationInput: ReservationInput;
  SafeInt: Scalars['SafeInt']['output'];
  SagaLatency: SagaLatency;
  SagaStep: SagaStepRow;
  ServiceCheck: ServiceCheck;
  ServiceOutbox: ServiceOutbox;
  ServiceRates: ServiceRates;
  Float: Scalars['Float']['output'];
  ServiceReplica: ServiceReplica;
  ServiceStatus: ServiceStatus;
  Statistics: Statistics;
  Subscription: Record<PropertyKey, never>;
};

export type ConsumedStreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsumedStream'] = ResolversParentTypes['ConsumedStream']> = {
  lag?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']>, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  info?: Resolver<Maybe<ResolversTypes['CustomerInfo']>, ParentType, ContextType>;
};

export type CustomerInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerInfo'] = ResolversParentTypes['CustomerInfo'], FederationReferenceType extends FederationReferenceTypes['CustomerInfo'] = FederationReferenceTypes['CustomerInfo']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerInfo']>, FederationReferenceType, ContextType>;
  canceledCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  flightCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recentReserveDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CustomerInfoConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerInfoConnection'] = ResolversParentTypes['CustomerInfoConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CustomerInfoEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CustomerInfo']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerInfoEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerInfoEdge'] = ResolversParentTypes['CustomerInfoEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomerInfo'], ParentType, ContextType>;
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

export type ErasedCustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ErasedCustomer'] = ResolversParentTypes['ErasedCustomer']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  erasedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LatencyBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LatencyBucket'] = ResolversParentTypes['LatencyBucket']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  upToMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MinuteStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinuteStatistics'] = ResolversParentTypes['MinuteStatistics']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  canceled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  eraseCustomer?: Resolver<ResolversTypes['ErasedCustomer'], ParentType, ContextType, RequireFields<MutationEraseCustomerArgs, 'input'>>;
  recountCustomerInfos?: Resolver<ResolversTypes['RecountedInfos'], ParentType, ContextType, Partial<MutationRecountCustomerInfosArgs>>;
  replayReservations?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationReplayReservationsArgs, 'input'>>;
};

export type OutcomeCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OutcomeCount'] = ResolversParentTypes['OutcomeCount']> = {
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customerInfo?: Resolver<Maybe<ResolversTypes['CustomerInfo']>, ParentType, ContextType, RequireFields<QueryCustomerInfoArgs, 'customerId'>>;
  customerInfos?: Resolver<ResolversTypes['CustomerInfoConnection'], ParentType, ContextType, RequireFields<QueryCustomerInfosArgs, 'order'>>;
  statistics?: Resolver<ResolversTypes['Statistics'], ParentType, ContextType, RequireFields<QueryStatisticsArgs, 'minutes'>>;
};

export type RecountedInfosResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecountedInfos'] = ResolversParentTypes['RecountedInfos']> = {
  corrected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCustomerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  recounted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation'], FederationReferenceType extends FederationReferenceTypes['Reservation'] = FederationReferenceTypes['Reservation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reservation']>, FederationReferenceType, ContextType>;
  history?: Resolver<Array<ResolversTypes['SagaStep']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SagaLatencyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SagaLatency'] = ResolversParentTypes['SagaLatency']> = {
  buckets?: Resolver<Array<ResolversTypes['LatencyBucket']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  p50Ms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  p95Ms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  p99Ms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SagaStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SagaStep'] = ResolversParentTypes['SagaStep']> = {
  amount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seatQty?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  service?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  traceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

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

export type StatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Statistics'] = ResolversParentTypes['Statistics']> = {
  canceled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  customers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  latency?: Resolver<ResolversTypes['SagaLatency'], ParentType, ContextType>;
  minutes?: Resolver<Array<ResolversTypes['MinuteStatistics']>, ParentType, ContextType>;
  outcomes?: Resolver<Array<ResolversTypes['OutcomeCount']>, ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  customerInfoUpdated?: SubscriptionResolver<ResolversTypes['CustomerInfo'], "customerInfoUpdated", ParentType, ContextType, Partial<SubscriptionCustomerInfoUpdatedArgs>>;
};

export type Resolvers<ContextType = Context> = {
  ConsumedStream?: ConsumedStreamResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerInfo?: CustomerInfoResolvers<ContextType>;
  CustomerInfoConnection?: CustomerInfoConnectionResolvers<ContextType>;
  CustomerInfoEdge?: CustomerInfoEdgeResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  ErasedCustomer?: ErasedCustomerResolvers<ContextType>;
  LatencyBucket?: LatencyBucketResolvers<ContextType>;
  MinuteStatistics?: MinuteStatisticsResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OutcomeCount?: OutcomeCountResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecountedInfos?: RecountedInfosResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SagaLatency?: SagaLatencyResolvers<ContextType>;
  SagaStep?: SagaStepResolvers<ContextType>;
  ServiceCheck?: ServiceCheckResolvers<ContextType>;
  ServiceOutbox?: ServiceOutboxResolvers<ContextType>;
  ServiceRates?: ServiceRatesResolvers<ContextType>;
  ServiceReplica?: ServiceReplicaResolvers<ContextType>;
  ServiceStatus?: ServiceStatusResolvers<ContextType>;
  Statistics?: StatisticsResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};


/** What `resolvers/index.ts` exports. */
export type SubgraphResolvers = CompleteResolvers<Resolvers, ResolversParentTypes>;