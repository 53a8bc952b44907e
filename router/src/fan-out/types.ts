import type { SubgraphResult } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Authority, Client, OperationResult } from '../request.ts';
import type { Delivery, Member } from './member.ts';

/** Receives one subgraph subscription, in order; nothing more after `error` or `complete`. May be called at once. */
export interface Sink {
  next(result: SubgraphResult): void;
  /** The errors reach clients as they are: masked, and without internal addresses. */
  error(errors: readonly GraphQLFormattedError[]): void;
  complete(): void;
}

export interface UpstreamRequest {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Read both anew at each attempt: they are those of the sharer whose credentials last longest. */
  readonly headers: Readonly<Record<string, string>>;
  readonly authority: Authority;
  /** Every event above it is sent, and no state first; undefined: from now on, the state first where there is one. */
  readonly cursor: string | undefined;
}

/**
 * Subscribes to one subgraph and returns the (idempotent, synchronous) function that unsubscribes. After a dropped connection
 * it resumes from the last cursor by itself, without a gap or a repeat, or ends with an error. Where only a state has come
 * so far, it begins anew, and gives that state again only if it has changed.
 */
export type ConnectUpstream = (request: UpstreamRequest, sink: Sink) => () => void;

/** What is planned for one subscription operation under one supergraph. */
export interface PlannedSubscription {
  /** The same for the same text and selected operation; short. */
  readonly key: string;
  /** What the execution of one event is estimated to cost. */
  readonly cost: number;
  /** Bytes of memory that it takes about, with its cursor. */
  readonly weight: number;
  /** All variables that the operation uses, coerced or not, as JSON. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The owning subgraph's part: its text without the client's operation name, only the variables it uses. */
  readonly primary: {
    readonly subgraph: string;
    readonly query: string;
    readonly variables: Readonly<Record<string, unknown>>;
  };
  /** Executes the operation with the event as the result of its primary part; it may change the event. Rejects for no fault of a subgraph. */
  execute(event: SubgraphResult, client: Client): Promise<OperationResult>;
}

/** Plans a live subscription again under a new supergraph; errors (of its validation, say) when it no longer can. */
export type Replan<P extends PlannedSubscription> = (
  planned: P,
) => P | { readonly errors: readonly GraphQLFormattedError[] };

export interface SubscribeOptions {
  readonly client: Client;
  /** The cursor of the last result that the client has: it gets what came after it. */
  readonly cursor?: string | undefined;
  readonly delivery?: Delivery | undefined;
  /** What the limit per connection counts by: one and the same object for all of a socket's subscriptions. */
  readonly connection?: object | undefined;
  /** Called once when the subscription ends other than by its reader, who may be stalled. Must not throw. */
  readonly ended?: ((member: Member) => void) | undefined;
}
