import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { FlightRow } from '../store/tables.ts';
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
  /** All seats: free, held and sold. */
  capacity: Scalars['Int']['output'];
  /** The price of one seat, in the smallest unit of the currency. */
  cost: Scalars['SafeInt']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
  flightCode: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** Free seats: neither held nor sold. */
  remainingSeatsCount: Scalars['Int']['output'];
  takeoffDate: Scalars['Date']['output'];
};

export type FlightConnection = {
  edges: Array<FlightEdge>;
  nodes: Array<Flight>;
  pageInfo: PageInfo;
  /** The number of items on all pages; 100000 if there are more. */
  totalCount: Scalars['Int']['output'];
};

export type FlightEdge = {
  cursor: Scalars['String']['output'];
  node: Flight;
};

export type FlightFilter = {
  /** The highest price of one seat, in the smallest unit of its currency: give `currency`, too, or 200 takes ₩200 and €2. */
  costTo?: InputMaybe<Scalars['SafeInt']['input']>;
  /** ISO 4217, for example KRW. */
  currency?: InputMaybe<Scalars['String']['input']>;
  flightCode?: InputMaybe<Scalars['String']['input']>;
  /** What the flight code begins with; the case of its Latin letters does not matter. */
  flightCodePrefix?: InputMaybe<Scalars['String']['input']>;
  minRemainingSeats?: InputMaybe<Scalars['Int']['input']>;
  takeoffDateFrom?: InputMaybe<Scalars['Date']['input']>;
  takeoffDateTo?: InputMaybe<Scalars['Date']['input']>;
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

export type Mutation = {
  registerFlight: RegisterFlightPayload;
  /** Changes the given fields. A new cost applies to seats held from then on. */
  updateFlight: UpdateFlightPayload;
};


export type MutationRegisterFlightArgs = {
  input: RegisterFlightInput;
};


export type MutationUpdateFlightArgs = {
  input: UpdateFlightInput;
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

export type Promotion = {
  name: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type Query = {
  flight?: Maybe<Flight>;
  /**
   * Flights in the order asked for, at most 100 a page (default 20); `last` with `before` pages from its end. Cursors are
   * those of one order.
   */
  flights: FlightConnection;
  /** The text files of the promotions folder, sorted by name. */
  promotions: Array<Promotion>;
};


export type QueryFlightArgs = {
  id: Scalars['ID']['input'];
};


export type QueryFlightsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FlightFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  order?: InputMaybe<FlightOrder>;
};

export type RegisterFlightInput = {
  /** The price of one seat; 0 or more. */
  cost: Scalars['SafeInt']['input'];
  /** ISO 4217, for example KRW. It does not change later. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** At most 20 characters, for example ACE890. */
  flightCode: Scalars['String']['input'];
  /** The capacity; all seats are free initially. */
  remainingSeatsCount: Scalars['Int']['input'];
  takeoffDate: Scalars['Date']['input'];
};

export type RegisterFlightPayload = {
  flight: Flight;
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

export type Subscription = {
  /**
   * A flight each time it is registered or updated, or its remaining seats change; all flights by default. With an `id`,
   * the first payload is the flight's current state, if it exists. Each payload is read when it is sent: changes in quick
   * succession may show the same state twice, but never an older state after a newer one.
   */
  flightUpdated: Flight;
};


export type SubscriptionFlightUpdatedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};

export type UpdateFlightInput = {
  /** Not below the number of held and sold seats. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  cost?: InputMaybe<Scalars['SafeInt']['input']>;
  id: Scalars['ID']['input'];
  takeoffDate?: InputMaybe<Scalars['Date']['input']>;
};

export type UpdateFlightPayload = {
  flight: Flight;
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
  Flight: Flight;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Flight:
    ( { __typename: 'Flight' }
    & GraphQLRecursivePick<FederationTypes['Flight'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ConsumedStream: ResolverTypeWrapper<ConsumedStream>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeadLetter: ResolverTypeWrapper<DeadLetter>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Flight: ResolverTypeWrapper<FlightRow>;
  FlightConnection: ResolverTypeWrapper<Connection<FlightRow>>;
  FlightEdge: ResolverTypeWrapper<Omit<FlightEdge, 'node'> & { node: ResolversTypes['Flight'] }>;
  FlightFilter: FlightFilter;
  FlightOrder: FlightOrder;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Promotion: ResolverTypeWrapper<Promotion>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterFlightInput: RegisterFlightInput;
  RegisterFlightPayload: ResolverTypeWrapper<Omit<RegisterFlightPayload, 'flight'> & { flight: ResolversTypes['Flight'] }>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ServiceCheck: ResolverTypeWrapper<ServiceCheck>;
  ServiceOutbox: ResolverTypeWrapper<ServiceOutbox>;
  ServiceRates: ResolverTypeWrapper<ServiceRates>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ServiceReplica: ResolverTypeWrapper<ServiceReplica>;
  ServiceState: ServiceState;
  ServiceStatus: ResolverTypeWrapper<ServiceStatus>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UpdateFlightInput: UpdateFlightInput;
  UpdateFlightPayload: ResolverTypeWrapper<Omit<UpdateFlightPayload, 'flight'> & { flight: ResolversTypes['Flight'] }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ConsumedStream: ConsumedStream;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeadLetter: DeadLetter;
  ID: Scalars['ID']['output'];
  Flight: FlightRow;
  FlightConnection: Connection<FlightRow>;
  FlightEdge: Omit<FlightEdge, 'node'> & { node: ResolversParentTypes['Flight'] };
  FlightFilter: FlightFilter;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Promotion: Promotion;
  Query: Record<PropertyKey, never>;
  RegisterFlightInput: RegisterFlightInput;
  RegisterFlightPayload: Omit<RegisterFlightPayload, 'flight'> & { flight: ResolversParentTypes['Flight'] };
  SafeInt: Scalars['SafeInt']['output'];
  ServiceCheck: ServiceCheck;
  ServiceOutbox: ServiceOutbox;
  ServiceRates: ServiceRates;
  Float: Scalars['Float']['output'];
  ServiceReplica: ServiceReplica;
  ServiceStatus: ServiceStatus;
  Subscription: Record<PropertyKey, never>;
  UpdateFlightInput: UpdateFlightInput;
  UpdateFlightPayload: Omit<UpdateFlightPayload, 'flight'> & { flight: ResolversParentTypes['Flight'] };
};

export type ConsumedStreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsumedStream'] = ResolversParentTypes['ConsumedStream']> = {
  lag?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  flightCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  remainingSeatsCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  takeoffDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type FlightConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FlightConnection'] = ResolversParentTypes['FlightConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FlightEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Flight']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FlightEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FlightEdge'] = ResolversParentTypes['FlightEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Flight'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  registerFlight?: Resolver<ResolversTypes['RegisterFlightPayload'], ParentType, ContextType, RequireFields<MutationRegisterFlightArgs, 'input'>>;
  updateFlight?: Resolver<ResolversTypes['UpdateFlightPayload'], ParentType, ContextType, RequireFields<MutationUpdateFlightArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PromotionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Promotion'] = ResolversParentTypes['Promotion']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  flight?: Resolver<Maybe<ResolversTypes['Flight']>, ParentType, ContextType, RequireFields<QueryFlightArgs, 'id'>>;
  flights?: Resolver<ResolversTypes['FlightConnection'], ParentType, ContextType, RequireFields<QueryFlightsArgs, 'order'>>;
  promotions?: Resolver<Array<ResolversTypes['Promotion']>, ParentType, ContextType>;
};

export type RegisterFlightPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterFlightPayload'] = ResolversParentTypes['RegisterFlightPayload']> = {
  flight?: Resolver<ResolversTypes['Flight'], ParentType, ContextType>;
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
  flightUpdated?: SubscriptionResolver<ResolversTypes['Flight'], "flightUpdated", ParentType, ContextType, Partial<SubscriptionFlightUpdatedArgs>>;
};

export type UpdateFlightPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateFlightPayload'] = ResolversParentTypes['UpdateFlightPayload']> = {
  flight?: Resolver<ResolversTypes['Flight'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ConsumedStream?: ConsumedStreamResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  Flight?: FlightResolvers<ContextType>;
  FlightConnection?: FlightConnectionResolvers<ContextType>;
  FlightEdge?: FlightEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Promotion?: PromotionResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterFlightPayload?: RegisterFlightPayloadResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ServiceCheck?: ServiceCheckResolvers<ContextType>;
  ServiceOutbox?: ServiceOutboxResolvers<ContextType>;
  ServiceRates?: ServiceRatesResolvers<ContextType>;
  ServiceReplica?: ServiceReplicaResolvers<ContextType>;
  ServiceStatus?: ServiceStatusResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UpdateFlightPayload?: UpdateFlightPayloadResolvers<ContextType>;
};


/** What `resolvers/index.ts` exports. */
export type SubgraphResolvers = CompleteResolvers<Resolvers, ResolversParentTypes>;