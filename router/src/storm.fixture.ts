import type { Socket } from 'node:net';
import { pick } from '@airline/testing';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { composeSubgraphs, link, type Resolvers } from './composition.fixture.ts';
import { startRawSubgraph } from './sources/raw-subgraph.fixture.ts';

const ids = ['1', '2', '3'];

const flightTypes = (more: string) => `${link}
  type Query { flights: [Flight!]!, flight(id: ID!): Flight }
  type Mutation { register(code: String!): Flight! }
  type Flight @key(fields: "id") { id: ID!, code: String! ${more} }
`;
const paymentTypes = `${link}
  type Query { paid: Int }
  type Flight @key(fields: "id") { id: ID!, revenue: Int!, refunds: Int }
`;

/** The operations of a storm, and what they return when nothing goes wrong. */
export const operations = [
  {
    query: '{ flights { id code revenue } paid }',
    data: { flights: ids.map((id) => ({ id, code: `KE${id}`, revenue: Number(id) * 100 })), paid: 7 },
  },
  { query: '{ flight(id: "2") { refunds code } }', data: { flight: { refunds: 0, code: 'KE2' } } },
  { query: '{ flights { refunds } }', data: { flights: ids.map(() => ({ refunds: 0 })) } },
] as const;

const html = 'HTTP/1.1 500 Error\r\ncontent-type: text/html\r\ncontent-length: 12\r\n\r\n<h1>No.</h1>';
const respondWith = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

type Fault = (socket: Socket, right: string) => unknown;

/** What a subgraph may do in place of responding; the slow one never does. */
const faults: Readonly<Record<string, Fault>> = {
  slow: () => {},
  'an error page': (socket) => socket.write(html),
  'half a body': (socket, right) => socket.end(respondWith(right).slice(0, -right.length / 2)),
  'half a head': (socket, right) => socket.end(respondWith(right).slice(0, 20)),
  'closed before': (socket) => socket.end(),
  reset: (socket) => socket.resetAndDestroy(),
  'reset within': (socket, right) =>
    socket.write(respondWith(right).slice(0, -2), () => socket.resetAndDestroy()),
  'closed after': (socket, right) => socket.end(respondWith(right)),
  'no JSON': (socket) => socket.write(respondWith('{"data":')),
  'a list': (socket) => socket.write(respondWith('[]')),
  'data of null': (socket) => socket.write(respondWith('{"data":null}')),
  'no entities': (socket) => socket.write(respondWith('{"data":{"_entities":[],"flights":"KE"}}')),
  'an error': (socket) =>
    socket.write(respondWith('{"errors":[{"message":"no","path":"flights"}],"data":null}')),
};

/** Two subgraphs that respond as the seed says, and how often each code was registered. */
export async function startStormySubgraphs(random: () => number) {
  const registered = new Map<string, number>();
  let isStormy = true;
  const flightOf = (id: string) => ({ __typename: 'Flight', id, code: `KE${id}`, gate: 'A1' });
  const resolvers: Record<'flight' | 'payment', Resolvers> = {
    flight: {
      Query: {
        flights: () => ids.map(flightOf),
        flight: (_: unknown, { id }: { id: string }) => flightOf(id),
      },
      Mutation: {
        register: (_: unknown, { code }: { code: string }) => {
          registered.set(code, (registered.get(code) ?? 0) + 1);
          return { ...flightOf('1'), code };
        },
      },
    },
    payment: {
      Query: { paid: () => 7 },
      Flight: { revenue: ({ id }: { id: string }) => Number(id) * 100, refunds: () => 0 },
    },
  };
  const start = async (name: 'flight' | 'payment', typeDefs: string) => {
    const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers[name] });
    return await startRawSubgraph((socket, _, { body }) => {
      const { query, variables } = JSON.parse(body);
      void Promise.resolve(execute({ schema, document: parse(query), variableValues: variables })).then(
        (result) => {
          const right = JSON.stringify(result);
          const fault = isStormy && random() < 0.4 ? pick(Object.values(faults), random) : undefined;
          if (fault) fault(socket, right);
          else socket.write(respondWith(right));
        },
      );
    });
  };
  const flight = await start('flight', flightTypes(', gate: String'));
  const payment = await start('payment', paymentTypes);
  return {
    registered,
    open: () => flight.open() + payment.open(),
    calm: () => {
      isStormy = false;
    },
    /** The supergraph; `more` is added to the flight's fields. */
    supergraph: (more: string) =>
      composeSubgraphs([
        { name: 'flight', url: flight.url, typeDefs: flightTypes(more) },
        { name: 'payment', url: payment.url, typeDefs: paymentTypes },
      ]),
  };
}
