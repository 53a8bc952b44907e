import { describe, expect, test } from 'vitest';
import { run, type Subgraphs } from './corrections.fixture.ts';

const order = () => ({ id: '1' });
interface Order {
  readonly total?: number;
  readonly tax?: number;
}

/** What sum requires, tax, requires in its turn what is in the subgraph of sum. */
const there: Subgraphs = {
  tax: {
    typeDefs: `
      type Query { order: Order, orders: [Order] }
      type Order @key(fields: "id") { id: ID!, total: Int @external, tax: Int @requires(fields: "total") }
    `,
    resolvers: {
      Query: { order, orders: () => [order()] },
      Order: { tax: ({ total }: Order) => (total === undefined ? null : total / 10) },
    },
  },
  sum: {
    typeDefs: `
      type Query { open: Order }
      type Order @key(fields: "id") { id: ID!, total: Int, tax: Int @external, sum: Int @requires(fields: "tax") }
    `,
    resolvers: {
      Query: { open: order },
      Order: { total: () => 100, sum: ({ tax }: Order) => (typeof tax === 'number' ? tax + 1 : null) },
    },
  },
};

/** The same, with the total in a third one. */
const elsewhere: Subgraphs = {
  total: {
    typeDefs: 'type Query { x: Int } type Order @key(fields: "id") { id: ID!, total: Int }',
    resolvers: { Order: { total: () => 100 } },
  },
  tax: {
    typeDefs: `
      type Query { order: Order, orders: [Order] }
      type Order @key(fields: "id") { id: ID!, total: Int @external, tax: Int @requires(fields: "total") }
    `,
    resolvers: there.tax?.resolvers ?? {},
  },
  sum: {
    typeDefs:
      'type Order @key(fields: "id") { id: ID!, tax: Int @external, sum: Int @requires(fields: "tax") }',
    resolvers: { Order: { sum: ({ tax }: Order) => (tax ?? -100) + 1 } },
  },
};

const whole = { total: 100, tax: 10, sum: 11 };

describe.each([
  ['in the subgraph that asks for it', there],
  ['in a third subgraph', elsewhere],
])('what a required field requires is %s', (_, subgraphs) => {
  test.each([
    ['alone', '{ order { sum } }', { order: { sum: 11 } }],
    ['in a list', '{ orders { sum } }', { orders: [{ sum: 11 }] }],
    ['beside the field', '{ order { tax sum } }', { order: { tax: 10, sum: 11 } }],
    ['beside all of them', '{ order { total tax sum } }', { order: whole }],
  ])('%s', async (_case, query, data) => {
    expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  });
});

test('it is not fetched twice', async () => {
  const { data, fetches } = await run(there, '{ open { sum } }');
  expect(data).toEqual({ open: { sum: 11 } });
  expect(fetches.map(({ subgraph }) => subgraph)).toEqual(['sum', 'tax', 'sum']);
});
