import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PaymentRow } from '../store/tables.ts';
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

export type ConsumedStream = {
  /** Events that were not delivered to the service yet. */
  lag: Scalars['Int']['output'];
  /** Events that were delivered to it and not acknowledged. */
  pending: Scalars['Int']['output'];
  stream: Scalars['String']['output'];
};

export type Customer = {
  id: Scalars['ID']['output'];
  payments: PaymentConnection;
};


export type CustomerPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
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

export type Payment = {
  /** The amount: seats times the unit price at the time of the hold. */
  cost: Scalars['SafeInt']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
  customer: Customer;
  id: Scalars['ID']['output'];
  paidAt?: Maybe<Scalars['DateTime']['output']>;
  refundedAt?: Maybe<Scalars['DateTime']['output']>;
  reservation: Reservation;
  status: PaymentStatus;
};

export type PaymentConnection = {
  edges: Array<PaymentEdge>;
  nodes: Array<Payment>;
  pageInfo: PageInfo;
  /** The number of items on all pages; 100000 if there are more. */
  totalCount: Scalars['Int']['output'];
};

export type PaymentEdge = {
  cursor: Scalars['String']['output'];
  node: Payment;
};

export type PaymentFilter = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<PaymentStatus>;
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

export type Query = {
  payment?: Maybe<Payment>;
  /** Payments sorted by id, which is the order of creation; at most 100 a page (default 20). */
  payments: PaymentConnection;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type Reservation = {
  id: Scalars['ID']['output'];
  /** Null until seats are held. */
  payment?: Maybe<Payment>;
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
  Payment: Payment;
  Reservation: Reservation;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Reservation:
    ( { __typename: 'Reservation' }
    & GraphQLRecursivePick<FederationTypes['Reservation'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ConsumedStream: ResolverTypeWrapper<ConsumedStream>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Customer: ResolverTypeWrapper<Pick<Customer, 'id'>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeadLetter: ResolverTypeWrapper<DeadLetter>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Payment: ResolverTypeWrapper<PaymentRow>;
  PaymentConnection: ResolverTypeWrapper<Connection<PaymentRow>>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentFilter: PaymentFilter;
  PaymentStatus: PaymentStatus;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reservation: ResolverTypeWrapper<Pick<Reservation, 'id'>>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ServiceCheck: ResolverTypeWrapper<ServiceCheck>;
  ServiceOutbox: ResolverTypeWrapper<ServiceOutbox>;
  ServiceRates: ResolverTypeWrapper<ServiceRates>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ServiceReplica: ResolverTypeWrapper<ServiceReplica>;
  ServiceState: ServiceState;
  ServiceStatus: ResolverTypeWrapper<ServiceStatus>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ConsumedStream: ConsumedStream;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Customer: Pick<Customer, 'id'>;
  ID: Scalars['ID']['output'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeadLetter: DeadLetter;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Payment: PaymentRow;
  PaymentConnection: Connection<PaymentRow>;
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentFilter: PaymentFilter;
  Query: Record<PropertyKey, never>;
  Reservation: Pick<Reservation, 'id'>;
  SafeInt: Scalars['SafeInt']['output'];
  ServiceCheck: ServiceCheck;
  ServiceOutbox: ServiceOutbox;
  ServiceRates: ServiceRates;
  Float: Scalars['Float']['output'];
  ServiceReplica: ServiceReplica;
  ServiceStatus: ServiceStatus;
};

export type ConsumedStreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsumedStream'] = ResolversParentTypes['ConsumedStream']> = {
  lag?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']>, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, Partial<CustomerPaymentsArgs>>;
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

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']>, FederationReferenceType, ContextType>;
  cost?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refundedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Payment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, Partial<QueryPaymentsArgs>>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation'], FederationReferenceType extends FederationReferenceTypes['Reservation'] = FederationReferenceTypes['Reservation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reservation']>, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
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

export type Resolvers<ContextType = Context> = {
  ConsumedStream?: ConsumedStreamResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ServiceCheck?: ServiceCheckResolvers<ContextType>;
  ServiceOutbox?: ServiceOutboxResolvers<ContextType>;
  ServiceRates?: ServiceRatesResolvers<ContextType>;
  ServiceReplica?: ServiceReplicaResolvers<ContextType>;
  ServiceStatus?: ServiceStatusResolvers<ContextType>;
};


/** What `resolvers/index.ts` exports. */
export type SubgraphResolvers = CompleteResolvers<Resolvers, ResolversParentTypes>;