import { loadSubgraphs } from '@airline/local/subgraphs';
import { expect, test } from 'vitest';
import { heldOfCustomers } from './held.ts';

const SDL = `
  directive @join__field(graph: join__Graph) on FIELD_DEFINITION
  directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT
  enum join__Graph { LOYALTY PAYMENT }
  type Query { customer(id: ID!): Customer }
  type Customer @join__type(graph: LOYALTY, key: "id") {
    id: ID!
    loyalty: Loyalty @join__field(graph: LOYALTY)
    payments(first: Int, after: String): PaymentConnection! @join__field(graph: PAYMENT)
    nickname: String @join__field(graph: LOYALTY)
  }
  type Loyalty @join__type(graph: LOYALTY, key: "customerId") {
    customerId: ID!
    customer: Customer!
    steps: [Step!]!
    later(first: Int): [Step!]!
    one(id: ID!): Step
  }
  type Step { at: String kind: Kind }
  enum Kind { EARNED SPENT }
  type PaymentConnection { nodes: [Payment!]! pageInfo: PageInfo! }
  type Payment @join__type(graph: PAYMENT, key: "id") { id: ID! cost: Int! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
`;

test('each field of a customer is asked for, with all that is no other entity', () => {
  expect(heldOfCustomers(SDL)).toEqual([
    {
      service: 'loyalty',
      field: 'loyalty',
      isPaged: false,
      query:
        'query ($id: ID!) { customer(id: $id) { held: loyalty { customerId customer { id } steps { at kind } later(first: 100) { at kind } } } }',
    },
    {
      service: 'payment',
      field: 'payments',
      isPaged: true,
      query:
        'query ($id: ID!, $after: String) { customer(id: $id) { held: payments(first: 100, after: $after) { nodes { id cost } pageInfo { hasNextPage endCursor } } } }',
    },
    {
      service: 'loyalty',
      field: 'nickname',
      isPaged: false,
      query: expect.stringContaining('held: nickname'),
    },
  ]);
});

const subgraphs = await loadSubgraphs();

test.each(subgraphs)('what $name holds of customers is a field of Customer', ({ name, tables }) => {
  const ofCustomers = Object.values(tables).filter((table) => 'customerId' in table);
  const shown = heldOfCustomers().filter(({ service }) => service === name);
  expect(
    shown.length > 0,
    `${name} has ${shown.length} fields of Customer: give it one, by which a customer's rows are found`,
  ).toBe(ofCustomers.length > 0);
});
