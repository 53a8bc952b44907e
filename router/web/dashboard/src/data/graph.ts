import { Client, fetchExchange } from '@urql/core';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { type Problem, problemOf } from './problem.ts';

export type Answer<Data> =
  | { readonly data: Data; readonly problem?: undefined }
  | { readonly data?: undefined; readonly problem: Problem };

/** Asks the graph. Queries and mutations go by HTTP, so that they are answered where WebSockets are not let through. */
export interface Graph {
  query<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>>;
  mutate<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>>;
}

/** @param url of the router's `/graphql` */
export function createGraph(url: string): Graph {
  // No cache of urql's: the store holds what is shown, and every request is meant.
  const client = new Client({
    url,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    requestPolicy: 'network-only',
  });
  return {
    query: async (document, variables) =>
      answerOf(await client.query(document.toString(), Object(variables)).toPromise()),
    mutate: async (document, variables) =>
      answerOf(await client.mutation(document.toString(), Object(variables)).toPromise()),
  };
}

type Result = Awaited<ReturnType<ReturnType<Client['query']>['toPromise']>>;

/** An answer in part is none: each section asks for what one service owns. */
const answerOf = <Data>({ data, error }: Result): Answer<Data> =>
  error ? { problem: problemOf(error) } : { data: data as Data };
