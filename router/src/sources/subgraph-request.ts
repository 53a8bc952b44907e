import type { Authority } from '../request.ts';
import type { Allowance } from './allowance.ts';
import type { GraphQLResponse } from './subgraph-response.ts';

/** One GraphQL request to a subgraph, ready to send. */
export interface SubgraphRequest {
  /** The JSON body: query, variables. */
  readonly body: string;
  readonly kind: 'query' | 'mutation';
  /** With it a mutation may be sent again, like any query: it is the same one. */
  readonly idempotencyKey?: string | undefined;
  /** Whether integers beyond 53 bits are kept exactly, as JSON.rawJSON objects; where custom scalars are selected. */
  readonly exact: boolean;
}

/** What a fetch needs to know of the request it is for. */
export interface FetchContext {
  /** The client's headers that subgraphs see, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** On whose behalf it is. */
  readonly authority: Authority;
  /** Aborted when nobody waits for the result any longer. */
  readonly signal?: AbortSignal | undefined;
  /** What the operation may still receive. */
  readonly allowance?: Allowance | undefined;
  /** When the result must be there, in ms of performance.now(); the subgraph's own timeout holds as well. */
  readonly deadline?: number | undefined;
}

/**
 * A GraphQL response as it came (what is below `data` and inside of `errors` is unchecked), or why there is none: a sentence
 * that names the subgraph, never its URL, and its code; SUBGRAPH_UNAVAILABLE by default.
 */
export type SubgraphResponse = GraphQLResponse | Failure;

export interface Failure {
  readonly failure: string;
  readonly code?: 'RESPONSE_TOO_LARGE';
}

/** Sends requests to one subgraph. */
export interface SubgraphClient {
  readonly name: string;
  /** Never rejects. */
  send(request: SubgraphRequest, context: FetchContext): Promise<SubgraphResponse>;
}
