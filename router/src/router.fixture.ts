import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Telemetry } from '@airline/observability';
import { recording } from '@airline/observability/recorded-lines';
import { apolloOptions, badUserInput, Health, serveGraphQL } from '@airline/service/server';
import { post } from '@airline/testing';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLFormattedError, parse } from 'graphql';
import { onTestFinished } from 'vitest';
import { composeSubgraphs, link, type Resolvers } from './composition.fixture.ts';
import { type RouterConfig, readConfig, startRouter } from './main.ts';

export const flightTypes = (more = '') => `${link}
  type Query { flight(id: ID!): Flight, flights: [Flight!]! }
  type Mutation { register(input: RegisterInput!): Flight! }
  input RegisterInput { code: String!, seats: Int! }
  type Flight @key(fields: "id") { id: ID!, code: String! ${more} }
`;

export const paymentTypes = `${link}
  type Query { paid: Int }
  type Flight @key(fields: "id") { id: ID!, revenue: Int, refunds(reason: String!): Int, debt: Int }
`;

const ids = ['1', '2', '3'];
const flightOf = (id: string) => ({ __typename: 'Flight', id, code: `KE${id}`, gate: 'A1' });

const flightResolvers: Resolvers = {
  Query: {
    flight: (_: unknown, { id }: { id: string }) => (ids.includes(id) ? flightOf(id) : null),
    flights: () => ids.map(flightOf),
  },
  Mutation: {
    register: (_: unknown, { input }: { input: { seats: number } }) => {
      if (input.seats < 1) throw badUserInput('input.seats', 'seats must be at least 1');
      return flightOf('1');
    },
  },
  Flight: { __resolveReference: ({ id }: { id: string }) => flightOf(id) },
};

const paymentResolvers: Resolvers = {
  Query: { paid: () => 7 },
  Flight: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    revenue: ({ id }: { id: string }) => Number(id) * 100,
    refunds: ({ id }: { id: string }) => {
      if (id === '2') throw badUserInput('reason', 'no such reason');
      return 0;
    },
    debt: () => {
      throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    },
  },
};

/** A subgraph on a free port; `seen` holds the headers of each request it got. */
export async function startSubgraph(name: string, typeDefs: string, resolvers: Resolvers) {
  const { logger } = recording();
  const seen: Record<string, unknown>[] = [];
  const server = await serveGraphQL({
    name,
    host: '127.0.0.1',
    port: 0,
    portVariable: 'PORT',
    apollo: new ApolloServer({
      ...apolloOptions({ logger, introspection: true }),
      schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers }),
    }),
    context: ({ headers }) => {
      seen.push(headers);
      return {};
    },
    health: new Health({ logger }),
    logger,
  });
  onTestFinished(() => server.close());
  return { name, url: server.url, close: server.close, seen };
}

export async function startSubgraphs() {
  const flight = await startSubgraph('flight', flightTypes(', gate: String'), flightResolvers);
  const payment = await startSubgraph('payment', paymentTypes, paymentResolvers);
  return { flight, payment };
}

/** An HTTP server that is no GraphQL server; gives its URL. */
export async function startOddServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** Composes the two subgraphs; `more` is added to the flight's fields. */
export function compose(urls: { flight: string; payment: string }, more = ''): string {
  return composeSubgraphs([
    { name: 'flight', url: urls.flight, typeDefs: flightTypes(more) },
    { name: 'payment', url: urls.payment, typeDefs: paymentTypes },
  ]);
}

/** A supergraph file in a folder of its own; `replace` swaps it in one step, as careful tools do. */
export async function supergraphFile(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'supergraph.graphql');
  const replace = async (next: string) => {
    await writeFile(`${path}.next`, next);
    await rename(`${path}.next`, path);
  };
  await replace(text);
  return { folder, path, replace, overwrite: (next: string) => writeFile(path, next) };
}

interface ResponseBody {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

/** The defaults, on a free port. */
export function testConfig(supergraphFile: string): RouterConfig {
  const config = readConfig({ ROUTER_PORT: '0', SUPERGRAPH_FILE: supergraphFile, AUDIT_LOG: 'off' });
  return { ...config, subgraphTimeoutMs: 5_000 };
}

/** A router on a free port over the file. */
export async function routerOver(path: string, overrides: Partial<RouterConfig> = {}, telemetry?: Telemetry) {
  const { logger, lines } = recording();
  const router = await startRouter({ ...testConfig(path), ...overrides }, logger, telemetry);
  onTestFinished(() => router.close());
  const query = async (text: string, variables?: object, headers: Record<string, string> = {}) => {
    const accept = 'application/graphql-response+json';
    const body = JSON.stringify({ query: text, variables });
    const response = await post<ResponseBody>(router.url, body, { accept, ...headers });
    return { status: response.status, body: response.body };
  };
  return { router, query, lines, origin: new URL(router.url).origin };
}
