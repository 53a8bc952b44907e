import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import type { Subgraphs } from '../corrections/corrections.fixture.ts';
import { deferring } from './deferred.fixture.ts';

const fail = (message: string) => () => {
  throw new Error(message);
};

/** What both have fails in both; gauges have no level, which trains require. */
const graph: Subgraphs = {
  rail: {
    typeDefs: `
      type Query { train: Train }
      type Train @key(fields: "id") { id: ID!, gauge: Gauge, route: Route @shareable }
      type Gauge @key(fields: "id") { id: ID!, name: String }
      type Route { from: String }
    `,
    resolvers: {
      Query: { train: () => ({ id: '1' }) },
      Train: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        gauge: () => ({ id: 'g', name: 'G' }),
        route: fail('no route'),
      },
    },
  },
  fuel: {
    typeDefs: `
      type Gauge @key(fields: "id") { id: ID!, level: Int }
    `,
    resolvers: {
      Gauge: { __resolveReference: ({ id }: { id: string }) => ({ id }), level: fail('no level') },
    },
  },
  plan: {
    typeDefs: `
      type Train @key(fields: "id") {
        id: ID!
        gauge: Gauge @external
        range: Int @requires(fields: "gauge { level }")
        route: Route @shareable
      }
      type Gauge @key(fields: "id") { id: ID!, level: Int @external }
      type Route { to: String }
    `,
    resolvers: {
      Train: {
        __resolveReference: (reference: object) => reference,
        range: () => 500,
        route: fail('no route'),
      },
    },
  },
};
const { inParts } = deferring(graph);

test('what fails in several fetches of a part is one error', async () => {
  const { first, later } = await inParts('{ train { id ... @defer { route { from to } } } }');
  expect(first).toEqual({ data: { train: { id: '1' } }, errors: [] });
  expect(later.flat()).toMatchObject([
    { data: { route: null }, errors: [{ message: 'no route', path: ['train', 'route'] }] },
  ]);
  expect(later.flat()[0]?.errors).toHaveLength(1);
});

test('what fails again in a later part is told once', async () => {
  const { first, later } = await inParts('{ train { route { from } ... @defer { route { from to } } } }');
  expect(first).toMatchObject({
    data: { train: { route: null } },
    errors: [{ message: 'no route', path: ['train', 'route'] }],
  });
  expect(later.flat()).toMatchObject([{ data: { route: null }, errors: [] }]);
});

test('each part that is null for what fails says so', async () => {
  const strict = Object.entries(graph).map(([name, { typeDefs, resolvers }]): [string, Subgraphs[string]] => [
    name,
    { typeDefs: typeDefs.replace('level: Int', 'level: Int!'), resolvers },
  ]);
  const { later } = await deferring(Object.fromEntries(strict)).inParts(
    '{ train { gauge { id ... @defer { level } ... @defer { name level } } } }',
  );
  const errors = [{ message: 'no level', path: ['train', 'gauge', 'level'] }];
  expect(later.flat()).toMatchObject([
    { data: null, errors },
    { data: null, errors },
  ]);
});

test('no error leads into a part that comes later, but to what the client has got', async () => {
  const { first, later } = await inParts('{ train { range ... @defer { gauge { name } } } }');
  expect(first).toEqual({
    data: { train: { range: 500 } },
    errors: [{ message: 'no level', path: ['train'] }],
  });
  expect(later.flat()).toMatchObject([{ data: { gauge: { name: 'G' } }, errors: [] }]);
});

test('an error of a whole entity is at none of its fields that has a value', async () => {
  const level = () => {
    throw new GraphQLError('no level', { path: ['_entities', 0] });
  };
  const fuel = {
    typeDefs: 'type Gauge @key(fields: "id") { id: ID!, level: Int, unit: String }',
    resolvers: {
      Gauge: { __resolveReference: ({ id }: { id: string }) => ({ id }), level, unit: () => 'l' },
    },
  };
  const query = '{ train { id ... @defer { gauge { unit level } } } }';
  const { later } = await deferring({ ...graph, fuel }).inParts(query);
  expect(later.flat()).toMatchObject([
    {
      data: { gauge: { unit: 'l', level: null } },
      errors: [{ message: 'no level', path: ['train', 'gauge', 'level'] }],
    },
  ]);
});
