import type { DocumentNode, GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Client, RequestParameters } from './request.ts';

/** What clients read: a response of the GraphQL specification, formatted and masked. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A request that was refused before it was executed: its errors, and the HTTP status of application/graphql-response+json. */
export interface Refused {
  readonly status: number;
  readonly errors: readonly GraphQLFormattedError[];
}

/** An operation that passed every stage before its execution. */
export interface Prepared {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly client: Client;
}

export interface Pipeline {
  /** read → parse → validate → authorise → limit → plan. `readOnly` refuses mutations (GET requests, RFC 9110 9.2.1). */
  prepare(
    parameters: RequestParameters,
    client: Client,
    options?: { readonly readOnly?: boolean },
  ): Promise<Prepared | Refused>;
  /** execute → shape, for queries and mutations. */
  execute(prepared: Prepared): Promise<Answer>;
}

export const isRefused = (prepared: Prepared | Refused): prepared is Refused => 'status' in prepared;
