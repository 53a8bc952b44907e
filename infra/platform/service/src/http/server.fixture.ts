import { isTransient } from '@airline/database';
import { recording } from '@airline/observability/recorded-lines';
import { post } from '@airline/testing';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { GraphQLDate, GraphQLSafeInt } from 'graphql-scalars';
import { onTestFinished } from 'vitest';
import { badUserInput } from '../errors/errors.ts';
import { apolloOptions } from '../graphql/apollo.ts';
import { Health } from './health.ts';
import { type ServeOptions, serveGraphQL } from './http.ts';

const typeDefs = parse(`
  scalar Date
  scalar SafeInt
  input PlaceInput { flightId: ID!, seatQty: Int!, reserveDate: Date, cost: SafeInt, seats: [Int!], inner: PlaceInput }
  type Node { id: ID!, next: Node, place(input: PlaceInput!): String, seats(n: Int! = 1): Int }
  type Query { node: Node, hello(name: String): String, seats(n: Int! = 1): Int, refused: String, broken: String!, away: String, held: String }
  type Mutation { place(input: PlaceInput!): String }
`);

/** A response body; a test that expects success compares it as a whole. */
export interface ResponseBody {
  data?: unknown;
  errors: { message: string; extensions: { code: string; field?: string } }[];
}

/** A small subgraph served on a free port of this machine, closed when the test ends, with what it logs. */
export async function startTestServer(overrides: Partial<ServeOptions<{ user?: string }>> = {}) {
  const { logger, lines: log } = recording('info');
  const health = new Health({ logger });
  const held = Promise.withResolvers<string>();
  let holding = 0;
  const node = () => ({ id: 'n', next: node });
  const resolvers = {
    Date: GraphQLDate,
    SafeInt: GraphQLSafeInt,
    Query: {
      node,
      hello: (_: unknown, { name }: { name?: string }) => `Hello, ${name ?? 'you'}`,
      refused: () => {
        throw badUserInput('input.seatQty', 'seatQty must be from 1 to 1000');
      },
      broken: () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
      },
      away: () => {
        throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
      },
      held: () => {
        holding += 1;
        return held.promise;
      },
    },
    Mutation: { place: () => 'placed' },
  };
  const schema = buildSubgraphSchema({ typeDefs, resolvers });
  const apollo = new ApolloServer<{ user?: string }>({
    ...apolloOptions({ logger, introspection: true, isTransient }),
    schema,
  });
  const server = await serveGraphQL({
    name: 'test',
    host: '127.0.0.1',
    port: 0,
    portVariable: 'TEST_PORT',
    apollo,
    context: () => ({}),
    health,
    logger,
    ...overrides,
  });
  onTestFinished(() => {
    held.resolve('released');
    return server.close();
  });
  const origin = new URL(server.url).origin;

  /** Posts a body as it is, and reads the response as JSON. */
  const postBody = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    post<ResponseBody>(server.url, body, headers);
  const query = (text: string, variables?: unknown) => postBody(JSON.stringify({ query: text, variables }));
  return {
    server,
    origin,
    health,
    log,
    post: postBody,
    query,
    release: () => held.resolve('released'),
    holding: () => holding,
  };
}
