import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { Client, createRequest, fetchExchange } from '@urql/core';
import { type Problem, problemOf } from './problem.ts';

/** The text of an operation. */
export interface Operation<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  toString(): string;
}

/** The whole of an operation's data, or why there is none. */
export type GraphResult<Data> =
  | {
      readonly data: Data;
      /** What the router says beside it. */
      readonly extensions?: Readonly<Record<string, unknown>> | undefined;
      readonly problem?: undefined;
    }
  | { readonly data?: undefined; readonly problem: Problem };

/** Queries and mutations go by HTTP, so that they work where WebSockets are blocked. */
export interface Graph {
  query<Data, Variables>(
    document: Operation<Data, Variables>,
    variables: Variables,
    extensions?: Readonly<Record<string, unknown>>,
  ): Promise<GraphResult<Data>>;
  mutate<Data, Variables>(
    document: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<GraphResult<Data>>;
}

/** Longer than the router takes for its longest operation. */
const TIMEOUT_MS = 30_000;

/** @param url of the router's `/graphql` @param send on whose behalf it asks */
export function createGraph(url: string, send: typeof fetch): Graph {
  // Without urql's cache: the store holds what is shown, and every request is to be sent.
  const client = new Client({
    url,
    fetch: send,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    requestPolicy: 'network-only',
    // What waits for a response waits no longer, so that a form is not locked by a network that swallows it.
    fetchOptions: () => ({ signal: AbortSignal.timeout(TIMEOUT_MS) }),
  });
  return {
    query: async (document, variables, extensions) =>
      resultOf(
        await client
          .executeQuery(createRequest(document.toString(), Object(variables), extensions))
          .toPromise(),
      ),
    mutate: async (document, variables) =>
      resultOf(await client.mutation(document.toString(), Object(variables)).toPromise()),
  };
}

type UrqlResult = Awaited<ReturnType<ReturnType<Client['query']>['toPromise']>>;

/** Data with errors counts as none: each section requests what one service owns. `data` is of the document's type. */
const resultOf = <Data>({ data, error, extensions }: UrqlResult): GraphResult<Data> =>
  error ? { problem: problemOf(error) } : { data: data as Data, extensions };
