import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';

const users = [
  { id: 'u1', prefs: { currency: 'USD' }, payments: [{ id: 'p1' }, { id: 'p2' }] },
  { id: 'u2', prefs: { currency: 'KRW' }, payments: [{ id: 'p1' }, { id: 'p3' }] },
  { id: 'u3', prefs: null, payments: [{ id: 'p1' }] },
];

const subgraphs: Subgraphs = {
  customer: {
    typeDefs: `
      type Query { users: [User!]! }
      type User @key(fields: "id") @context(name: "user") { id: ID!, prefs: Prefs, payments: [Payment!]! }
      type Prefs { currency: String }
      type Payment @key(fields: "id") {
        id: ID!
        amount(times: Int = 1, currency: String @fromContext(field: "$user { prefs { currency } }")): String
      }
    `,
    resolvers: {
      Query: { users: () => users },
      User: { __resolveReference: ({ id }: { id: string }) => users.find((user) => user.id === id) },
      Payment: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        amount: ({ id }: { id: string }, { times, currency }: { times: number; currency: string | null }) =>
          `${id} ${times} ${currency}`,
      },
    },
  },
  audit: {
    typeDefs: `
      type Payment @key(fields: "id") { id: ID!, checked: Boolean, auditor: User }
      type User @key(fields: "id") { id: ID!, note: String, audited: [Payment!]! }
    `,
    resolvers: {
      Payment: { checked: ({ id }: { id: string }) => id === 'p1', auditor: () => ({ id: 'u2' }) },
      User: { note: ({ id }: { id: string }) => `note ${id}`, audited: () => [{ id: 'p1' }] },
    },
  },
};

test('an argument from the context is that of the object around, and entities of one context are asked for at once', async () => {
  const query =
    'query($contextualArgument_1_0: Int) { users { payments { amount(times: $contextualArgument_1_0) checked } } }';
  const variables = { contextualArgument_1_0: 2 };
  const { data, errors, fetches } = await run(subgraphs, query, { variables });
  expect(errors).toEqual([]);
  expect(data).toEqual({
    users: [
      {
        payments: [
          { amount: 'p1 2 USD', checked: true },
          { amount: 'p2 2 USD', checked: false },
        ],
      },
      {
        payments: [
          { amount: 'p1 2 KRW', checked: true },
          { amount: 'p3 2 KRW', checked: false },
        ],
      },
      { payments: [{ amount: 'p1 2 null', checked: true }] },
    ],
  });
  expect(fetches.filter(({ query }) => query.includes('amount'))).toHaveLength(3);
});

test('a client’s alias that is the name of a field of the context is not sent as that', async () => {
  const { data, errors } = await run(subgraphs, '{ users { prefs: note audited { amount } } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({
    users: [
      { prefs: 'note u1', audited: [{ amount: 'p1 1 USD' }] },
      { prefs: 'note u2', audited: [{ amount: 'p1 1 KRW' }] },
      { prefs: 'note u3', audited: [{ amount: 'p1 1 null' }] },
    ],
  });
});

test('what the planner would fetch at the same time as the context waits for it', async () => {
  const { data, errors } = await run(subgraphs, '{ users { audited { auditor { audited { amount } } } } }');
  expect(errors).toEqual([]);
  const audited = [{ auditor: { audited: [{ amount: 'p1 1 KRW' }] } }];
  expect(data).toEqual({ users: [{ audited }, { audited }, { audited }] });
});
