import type { GraphQLFormattedError } from 'graphql';

/** On whose behalf a subscription runs. */
export interface Authority {
  /** The same for all that may share results. */
  readonly key: string;
  /** Who it is, where a verified token says so. */
  readonly subject: string | undefined;
  /** When the credentials end, in ms since 1970; undefined: never. */
  readonly expiresAt: number | undefined;
}

export interface Client {
  readonly authority: Authority;
  /** Headers for the subgraphs, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** Labels of progressive `@override`s that the request turns on. */
  readonly overrides?: readonly string[];
}

/** One operation as a client sends it ("request parameters" of GraphQL over HTTP). */
export interface RequestParameters {
  readonly query?: string | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A response of the GraphQL specification, formatted and masked. */
export interface OperationResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An operation that never began: its errors, and the HTTP status for transports that have one. */
export interface Refused {
  readonly status: number;
  readonly errors: readonly GraphQLFormattedError[];
}
