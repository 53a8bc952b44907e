import type { RequestListener } from 'node:http';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { onTestFinished } from 'vitest';
import { composeSubgraphs, link } from './composition.fixture.ts';
import { routerOver, startOddServer, startSubgraph, supergraphFile } from './router.fixture.ts';

/** Work of a subgraph that waits for the test. */
export function createGates() {
  const gates = new Map<string, ReturnType<typeof Promise.withResolvers<void>>>();
  const gateOf = (name: string) => {
    const gate = gates.get(name) ?? Promise.withResolvers<void>();
    gates.set(name, gate);
    return gate;
  };
  const waiting: string[] = [];
  return {
    waiting,
    pass: async (name: string) => {
      waiting.push(name);
      await gateOf(name).promise;
    },
    release: (...names: readonly string[]) => {
      for (const name of names) gateOf(name).resolve();
    },
  };
}

const flightTypes = `${link}
  type Query { flight: Flight, flights: [Flight!]! }
  type Mutation { rename(code: String!): Flight }
  type Subscription { renamed: Flight }
  type Flight @key(fields: "id") { id: ID!, code: String, crew: Int }
`;
const paymentTypes = `${link}
  type Flight @key(fields: "id") { id: ID!, revenue: Int, debt: Int! }
`;

/**
 * A router over two subgraphs, whose `crew` and `revenue` come when the test releases them.
 * @param instead serves in the place of the payment subgraph
 */
export async function startIncremental(
  instead?: RequestListener,
  config: Parameters<typeof routerOver>[1] = {},
) {
  const gates = createGates();
  onTestFinished(() => gates.release('crew', 'revenue'));
  const flights = [1, 2].map((id) => ({ __typename: 'Flight', id, code: `KE${id}` }));
  const flight = await startSubgraph('flight', flightTypes, {
    Query: { flight: () => flights[0], flights: () => flights },
    Mutation: { rename: (_: unknown, { code }: { code: string }) => ({ ...flights[0], code }) },
    Flight: {
      __resolveReference: ({ id }: { id: string }) => flights[Number(id) - 1],
      crew: async ({ id }: { id: number }) => {
        await gates.pass('crew');
        return id * 3;
      },
    },
  });
  const payment = await startSubgraph('payment', paymentTypes, {
    Flight: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      revenue: async ({ id }: { id: string }) => {
        await gates.pass('revenue');
        return Number(id) * 100;
      },
      debt: () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
      },
    },
  });
  const supergraph = composeSubgraphs([
    { name: 'flight', url: flight.url, typeDefs: flightTypes },
    { name: 'payment', url: instead ? await startOddServer(instead) : payment.url, typeDefs: paymentTypes },
  ]);
  const file = await supergraphFile(supergraph);
  const served = await routerOver(file.path, { subgraphTimeoutMs: 600_000, ...config });
  return { ...served, gates, url: served.router.url };
}

/** Apollo Client's two ways to read increments. */
export const handlers = {
  'deferSpec=20220824': () => new Defer20220824Handler(),
  'incrementalSpec=v0.2': () => new GraphQL17Alpha9Handler(),
};

/** Watches an operation by Apollo Client; `seen` are its states of the data, `errors` those of its last result. */
export function watch(url: string, protocol: keyof typeof handlers, text: string) {
  const client = new ApolloClient({
    link: new HttpLink({ uri: url }),
    cache: new InMemoryCache(),
    incrementalHandler: handlers[protocol](),
  });
  onTestFinished(() => client.stop());
  const seen: unknown[] = [];
  const ends: string[] = [];
  const errors: unknown[] = [];
  const subscription = client
    .watchQuery({ query: gql(text), fetchPolicy: 'no-cache', errorPolicy: 'all' })
    .subscribe(({ data, dataState, error }) => {
      if (data) seen.push(data);
      if (error) errors.push(error);
      if (dataState === 'complete') ends.push(dataState);
    });
  return { seen, ends, errors, leave: () => subscription.unsubscribe() };
}
