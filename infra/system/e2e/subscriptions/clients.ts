import { ApolloClient, type ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { fetchExchange, subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What a client's own API reported of one subscription. */
export interface Seen<Data> {
  readonly data: Data[];
  readonly errors: unknown[];
  done(): boolean;
  /** Leaves it. */
  stop(): void;
}

/** Subscribes through a client library as its documentation says. */
export type Subscribe = <Data>(url: string, query: string, variables?: Record<string, unknown>) => Seen<Data>;

const webSocketUrl = (url: string): string => url.replace(/^http/, 'ws');

function sightings<Data>() {
  const data: Data[] = [];
  const errors: unknown[] = [];
  let done = false;
  return {
    data,
    errors,
    done: () => done,
    sink: {
      next: (result: { data?: unknown; errors?: unknown; error?: unknown }) => {
        if (result.data) data.push(result.data as Data);
        if (result.errors) errors.push(result.errors);
        if (result.error) errors.push(result.error);
      },
      error: (error: unknown) => {
        errors.push(error);
      },
      complete: () => {
        done = true;
      },
    },
  };
}

const graphqlWs: Subscribe = <Data>(url: string, query: string, variables?: Record<string, unknown>) => {
  const { sink, ...seen } = sightings<Data>();
  const client = createWsClient({ url: webSocketUrl(url), webSocketImpl: WebSocket });
  client.subscribe({ query, variables }, sink);
  return { ...seen, stop: () => void client.dispose() };
};

function apollo(linkTo: (url: string) => { link: ApolloLink; close(): void }): Subscribe {
  return <Data>(url: string, query: string, variables?: Record<string, unknown>) => {
    const { sink, ...seen } = sightings<Data>();
    const { link, close } = linkTo(url);
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const subscription = client
      .subscribe({ query: gql(query), variables: variables ?? {}, fetchPolicy: 'no-cache' })
      .subscribe(sink);
    return {
      ...seen,
      stop: () => {
        subscription.unsubscribe();
        client.stop();
        close();
      },
    };
  };
}

function urql(exchanges: (url: string) => UrqlClient): Subscribe {
  return <Data>(url: string, query: string, variables?: Record<string, unknown>) => {
    const { sink, ...seen } = sightings<Data>();
    const { unsubscribe } = exchanges(url)
      .subscription(query, variables ?? {})
      .subscribe(sink.next);
    return { ...seen, stop: unsubscribe };
  };
}

const graphqlSse: Subscribe = <Data>(url: string, query: string, variables?: Record<string, unknown>) => {
  const { sink, ...seen } = sightings<Data>();
  const client = createSseClient({ url: `${url}/stream` });
  client.subscribe({ query, ...(variables && { variables }) }, sink);
  return { ...seen, stop: () => client.dispose() };
};

/** Clients from npm, each by each of its transports. */
export const clients: Readonly<Record<string, Subscribe>> = {
  'graphql-ws': graphqlWs,
  'Apollo Client, GraphQLWsLink': apollo((url) => {
    const client = createWsClient({ url: webSocketUrl(url), webSocketImpl: WebSocket });
    return { link: new GraphQLWsLink(client), close: () => void client.dispose() };
  }),
  'Apollo Client, multipart over HttpLink': apollo((url) => ({
    link: new HttpLink({ uri: url }),
    close: () => {},
  })),
  'urql, fetchSubscriptions': urql(
    (url) =>
      new UrqlClient({ url, exchanges: [fetchExchange], fetchSubscriptions: true, preferGetMethod: false }),
  ),
  'urql, graphql-ws': urql((url) => {
    const client = createWsClient({ url: webSocketUrl(url), webSocketImpl: WebSocket });
    const forward = subscriptionExchange({
      forwardSubscription: ({ query = '', variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: client.subscribe({ query, variables: variables as Record<string, unknown> }, sink),
        }),
      }),
    });
    return new UrqlClient({ url, exchanges: [forward], preferGetMethod: false });
  }),
  'graphql-sse': graphqlSse,
};
