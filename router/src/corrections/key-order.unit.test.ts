import { expect, test } from 'vitest';
import { run, runByGateway, type Subgraphs } from './corrections.fixture.ts';

const customer = { id: 'c1', email: 'c1@example.org', passport: { country: 'KR', number: '7', issue: '2' } };

/** Loyalty is entered with the passport's number and the id only; its other keys say what it can be asked for. */
const passengers: Subgraphs = {
  reservation: {
    typeDefs: `
      type Customer
        @key(fields: "id")
        @key(fields: "email", resolvable: false)
        @key(fields: "passport { country number }", resolvable: false)
        @key(fields: "id passport { number issue }", resolvable: false) {
        id: ID!, email: ID!, passport: Passport!, name: String!
      }
      type Passport @shareable { country: ID!, number: ID!, issue: ID! }
    `,
    resolvers: { Customer: { __resolveReference: () => ({ ...customer, name: 'Kim' }) } },
  },
  loyalty: {
    typeDefs: `
      type Query { member: Member }
      type Member { id: ID!, customers: [Customer!]! }
      type Customer
        @key(fields: "passport { country number }", resolvable: false)
        @key(fields: "id passport { number issue }")
        @key(fields: "email", resolvable: false)
        @key(fields: "id", resolvable: false) {
        id: ID!, email: ID!, passport: Passport!
        name: String! @external
        greeting: String! @requires(fields: "name")
      }
      type Passport @shareable { country: ID!, number: ID!, issue: ID! }
    `,
    resolvers: {
      Query: { member: () => ({ id: 'm1', customers: [customer] }) },
      Customer: {
        __resolveReference: ({ id, name }: { id?: string; name: string }) =>
          id === undefined ? null : { ...customer, name },
        greeting: ({ name }: { name: string }) => `Dear ${name}`,
      },
    },
  },
};

test('a subgraph is entered again with a key that it can resolve', async () => {
  const query = '{ member { id customers { id name greeting } } }';
  const data = { member: { id: 'm1', customers: [{ id: 'c1', name: 'Kim', greeting: 'Dear Kim' }] } };
  expect(await run(passengers, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(passengers, query)).data).not.toEqual(data);
});
