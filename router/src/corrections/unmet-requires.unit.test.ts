import { Supergraph } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { describe, expect, test } from 'vitest';
import { compose } from './corrections.fixture.ts';
import { refuseUnmetRequires } from './index.ts';

const subgraphs = Supergraph.build(
  compose({
    orders: {
      typeDefs: `
        type Query { order: Order @provides(fields: "total"), orders: [Order] }
        type Order @key(fields: "id") {
          id: ID!
          total: Int @external
          tax: Int @requires(fields: "total")
          customer: Customer
          place: Int @requires(fields: "customer { city { zip } }")
        }
        type Customer @key(fields: "id") { id: ID!, city: City @external }
        type City @external { zip: Int }
      `,
      resolvers: {},
    },
    others: {
      typeDefs: `
        type Order @key(fields: "id") { id: ID!, total: Int @shareable }
        type Customer @key(fields: "id") { id: ID!, city: City }
        type City { zip: Int }
      `,
      resolvers: {},
    },
  }),
).subgraphs();

const field = (name: string, ...selections: FetchNode['requires'] & {}) =>
  ({ kind: 'Field', name, ...(selections.length > 0 && { selections }) }) as const;

/** A plan that asks orders for something, as entities where something is sent. */
function planOf(selection: string, ...sent: FetchNode['requires'] & {}): QueryPlan {
  const isOfEntities = sent.length > 0;
  const operation = isOfEntities
    ? `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { ${selection} } } }`
    : `{ ${selection} }`;
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName: 'orders',
    operation,
    operationName: undefined,
    operationKind: 'query' as FetchNode['operationKind'],
    ...(isOfEntities && { requires: [{ kind: 'InlineFragment', typeCondition: 'Order', selections: sent }] }),
  };
  const nested: PlanNode = { kind: 'Flatten', path: ['orders', '@'], node: fetch };
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: [{ kind: 'Parallel', nodes: [nested] }] } };
}

const place = field('customer', field('id'), field('city', field('zip')));

test.each([
  ['without an entity', 'Order.tax', planOf('orders { id tax }')],
  ['in a fragment', 'Order.tax', planOf('orders { ... on Order { tax } }')],
  ['without its representation', 'Order.tax', planOf('tax', field('id'))],
  ['with a part of it', 'Order.place', planOf('place', field('id'), field('customer', field('id')))],
  ['from what is external', 'Order.total', planOf('orders { total tax }')],
  ['from what is external for an entity', 'Order.total', planOf('total', field('id'))],
  ['below an entity whose own is sent', 'Customer.city', planOf('customer { city { zip } }', place)],
])('a field is refused %s', (_, coordinate, plan) => {
  expect(() => refuseUnmetRequires(plan, subgraphs)).toThrow(
    expect.objectContaining({
      message: `The field "${coordinate}" cannot be resolved: the plan asks "orders" for it without what it requires.`,
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    }),
  );
});

describe('a plan is right', () => {
  test.each([
    ['that sends what is required', planOf('tax', field('id'), field('total'))],
    ['that sends what is required below', planOf('place', field('id'), place)],
    ['that reads what is provided', planOf('order { total tax }')],
    ['without a node', { kind: 'QueryPlan' } as const],
  ])('%s', (_, plan) => {
    expect(() => refuseUnmetRequires(plan, subgraphs)).not.toThrow();
  });
});
