import { type Caller, callerText, forReads } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';

/** On whose behalf an operation runs. */
export interface Authority {
  /** The same for all that may share results: what subgraphs get of the caller with a read. */
  readonly key: string;
  /** The object `everyone` where the system is open, the object `anonymous` without credentials. */
  readonly caller: Caller;
  /** Who it is, where a verified token says so. */
  readonly subject: string | undefined;
  /** When the credentials end, in ms since 1970; undefined: never. */
  readonly expiresAt: number | undefined;
}

/** @param expiresAt when the credentials end, in ms since 1970; default never */
export const authorityOf = (caller: Caller, expiresAt?: number): Authority => ({
  key: callerText(forReads(caller)),
  caller,
  subject: caller.subject,
  expiresAt,
});

/** The source of operators. */
export const OPERATOR = 'operator';

export interface Client {
  readonly authority: Authority;
  /**
   * Whose requests count together for limits: `user:` and the subject of the caller, or else `address:` and the address;
   * OPERATOR for callers with that role.
   */
  readonly source: string;
  /** Where it comes from, for the audit log. */
  readonly address?: string;
  /** Headers for the subgraphs, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** Labels of progressive `@override`s that the request turns on. */
  readonly overrides?: readonly string[];
}

/** One operation as a client sends it ("request parameters" of GraphQL over HTTP). */
export interface RequestParameters {
  readonly query?: string | null | undefined;
  /** Names a document in place of its text. A WebSocket's message may hold anything here. */
  readonly documentId?: unknown;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What transports must know of an operation that may be executed. */
export interface Runnable {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly client: Pick<Client, 'source'>;
  /** Estimated. */
  readonly cost: number;
  /** The same for all requests for the same work. */
  readonly planned: object;
}

/** A response of the GraphQL specification, formatted and masked. */
export interface OperationResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** What comes later; absent where nothing does. It is no part of the JSON. */
  readonly deferred?: Deferred<GraphQLFormattedError>;
}

/** A deferred fragment on one object of the response, which the client waits for. */
export interface Pending {
  /** Unique in the response. */
  readonly id: string;
  /** Of the object, from the root. */
  readonly path: readonly (string | number)[];
  /** The client's, if it gave one. */
  readonly label: string | undefined;
}

/** What a deferred fragment selects on its object; null where the fragment failed as a whole. Paths of errors begin at the root. */
export interface DeferredPart<Fault> {
  readonly pending: Pending;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly Fault[];
}

/** Parts that became ready at the same time, each after the one that it is nested in. */
export interface Increment<Fault> {
  readonly parts: readonly DeferredPart<Fault>[];
  /** What is nested in these parts and comes after them. */
  readonly pending: readonly Pending[];
  /** Whether another delivery follows. */
  readonly hasNext: boolean;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The parts of a response that follow its first, at least one. */
export interface Deferred<Fault> {
  readonly pending: readonly Pending[];
  readonly increments: AsyncIterable<Increment<Fault>>;
  /** Resolves when all of it is fetched; where nobody waits for it any more, perhaps never. */
  readonly ended: Promise<void>;
}
