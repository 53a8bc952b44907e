import { expect, test } from 'vitest';
import { run, runByGateway, type Subgraphs } from './corrections.fixture.ts';

const flights = [
  { id: 'f1', code: 'KE1', distance: 1 },
  { id: 'f2', code: 'KE2', distance: 2 },
];

const operations: Subgraphs = {
  flight: {
    typeDefs: `
      type Query { flights: [Flight!]! }
      type Flight @key(fields: "id") { id: ID!, code: String, distance: Int }
    `,
    resolvers: {
      Query: { flights: () => flights },
      Flight: { __resolveReference: ({ id }: { id: string }) => flights.find((flight) => flight.id === id) },
    },
  },
  fuel: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        distance: Int @external
        crew: Int
        litres(engines: Int!): Int @requires(fields: "distance")
      }
    `,
    resolvers: {
      Flight: {
        crew: ({ id }: { id: string }) => Number(id.slice(1)) + 1,
        litres: ({ id, distance }: { id: string; distance: number }, { engines }: { engines: number }) => {
          if (engines === 0) throw new Error('a glider');
          return distance * engines * Number(id.slice(1));
        },
      },
    },
  },
};

test.each([
  ['of a key', '{ flights { id: code crew } }', { id: 'KE1', crew: 2 }],
  [
    'of a required field',
    '{ flights { distance: code litres(engines: 2) } }',
    { distance: 'KE1', litres: 2 },
  ],
  ['__typename', '{ flights { __typename: code crew } }', { __typename: 'KE1', crew: 2 }],
  [
    'in a fragment',
    '{ flights { ...F crew } } fragment F on Flight { id: code client_id: distance }',
    { id: 'KE1', client_id: 1, crew: 2 },
  ],
])('an alias may be the name %s', async (_, query, first) => {
  const { data, errors } = await run(operations, query);
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ flights: [first, {}] });
  const plainly = await runByGateway(operations, query).catch(({ message }) => message);
  expect(plainly).not.toMatchObject({ data: { flights: [first, {}] }, errors: [] });
});

test('errors have the client’s alias in their paths', async () => {
  const { data, errors } = await run(operations, '{ flights { id: litres(engines: 0) } }');
  expect(data).toEqual({ flights: [{ id: null }, { id: null }] });
  expect(errors).toEqual([0, 1].map((i) => ({ message: 'a glider', path: ['flights', i, 'id'] })));
});

test('falsy values keep where the planner needs aliases of its own', async () => {
  const subgraphs: Subgraphs = {
    catalogue: {
      typeDefs: `
        type Query { extras: [Extra!]! }
        union Extra = Seat | Meal
        type Seat @key(fields: "id") { id: ID!, fee: Int! @shareable }
        type Meal { fee: Int }
      `,
      resolvers: {
        Query: {
          extras: () => [
            { __typename: 'Seat', id: 's1', fee: 0 },
            { __typename: 'Meal', fee: 0 },
            { __typename: 'Meal', fee: 3 },
            { __typename: 'Meal', fee: null },
          ],
        },
      },
    },
    payment: {
      typeDefs: 'type Seat @key(fields: "id") { id: ID!, fee: Int @shareable, tax: Int }',
      resolvers: {},
    },
  };
  const query = '{ extras { ... on Seat { fee } ... on Meal { fee } } }';
  const data = { extras: [{ fee: 0 }, { fee: 0 }, { fee: 3 }, { fee: null }] };
  expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(subgraphs, query)).data).not.toEqual(data);
});
