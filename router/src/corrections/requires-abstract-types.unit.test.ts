import { expect, test } from 'vitest';
import { run, runByGateway, type Subgraphs } from './corrections.fixture.ts';

const inCurrency = (amount: number, { currency }: { currency: string }) =>
  currency === 'EUR' ? amount + 1 : amount;
const seat = { __typename: 'Seat', id: 's1', fee: 10 };
const meal = { __typename: 'Meal', id: 'm1', fee: 20 };
const extras = [seat, meal];
const fee = (extra: { fee: number }, args: { currency: string }) => inCurrency(extra.fee, args);
const extraOf = ({ id }: { id: string }) => extras.find((extra) => extra.id === id);

const catalogue: Subgraphs[string] = {
  typeDefs: `
    type Query { extras: [Extra!]! }
    interface Extra @key(fields: "id") { id: ID!, fee(currency: String!): Int }
    type Seat implements Extra @key(fields: "id") { id: ID!, fee(currency: String!): Int }
    type Meal implements Extra @key(fields: "id") { id: ID!, fee(currency: String!): Int }
  `,
  resolvers: {
    Query: { extras: () => extras },
    Extra: { __resolveReference: extraOf },
    Seat: { __resolveReference: extraOf, fee },
    Meal: { __resolveReference: extraOf, fee },
  },
};

const tax = ({ fee: amount }: { fee: number }) => amount * 2;

test('an interface object that requires a field with arguments', async () => {
  const subgraphs: Subgraphs = {
    catalogue,
    payment: {
      typeDefs: `
        type Extra @key(fields: "id") @interfaceObject {
          id: ID!
          fee(currency: String!): Int @external
          tax: Int @requires(fields: "fee(currency: \\"USD\\")")
          taxInEuros: Int @requires(fields: "fee(currency: \\"EUR\\")")
        }
      `,
      resolvers: { Extra: { tax, taxInEuros: tax } },
    },
  };
  const query = '{ extras { tax taxInEuros ... on Meal { fee(currency: "EUR") } } }';
  const data = {
    extras: [
      { tax: 20, taxInEuros: 22 },
      { tax: 40, taxInEuros: 42, fee: 21 },
    ],
  };
  expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(subgraphs, query)).data).not.toEqual(data);
});

test('a required field with arguments of an interface, and of one type', async () => {
  const subgraphs: Subgraphs = {
    catalogue: {
      typeDefs: `${catalogue.typeDefs}
        extend type Query { booking: Booking }
        type Booking @key(fields: "id") { id: ID!, extras: [Extra!]! }
      `,
      resolvers: {
        ...catalogue.resolvers,
        Query: { extras: () => extras, booking: () => ({ id: 'b1' }) },
        Booking: { __resolveReference: (key: object) => key, extras: () => extras },
      },
    },
    payment: {
      typeDefs: `
        type Booking @key(fields: "id") {
          id: ID!
          extras: [Extra!]! @external
          total: Int @requires(fields: "extras { fee(currency: \\"USD\\") }")
          totalInEuros: Int @requires(fields: "extras { fee(currency: \\"EUR\\") }")
          seats: Int @requires(fields: "extras { ... on Seat { fee(currency: \\"EUR\\") } }")
        }
        interface Extra { fee(currency: String!): Int }
        type Seat implements Extra { fee(currency: String!): Int @external }
        type Meal implements Extra { fee(currency: String!): Int @external }
      `,
      resolvers: {
        Booking: Object.fromEntries(
          ['total', 'totalInEuros', 'seats'].map((field) => [
            field,
            (booking: { extras: { fee?: number }[] }) =>
              booking.extras.reduce((sum, extra) => sum + (extra.fee ?? 0), 0),
          ]),
        ),
      },
    },
  };
  const query = '{ booking { total totalInEuros seats extras { fee(currency: "EUR") } } }';
  const data = { booking: { total: 30, totalInEuros: 32, seats: 11, extras: [{ fee: 11 }, { fee: 21 }] } };
  expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(subgraphs, query)).data).not.toEqual(data);
});

test('fields of an interface whose types require different arguments', async () => {
  const subgraphs: Subgraphs = {
    catalogue,
    payment: {
      typeDefs: `
        interface Extra @key(fields: "id") { id: ID!, tax: Int, reversed: Int, label: String }
        ${[
          ['Seat', 'USD', 'EUR'],
          ['Meal', 'EUR', 'USD'],
        ]
          .map(
            ([type, one, other]) => `type ${type} implements Extra @key(fields: "id") {
              id: ID!
              fee(currency: String!): Int @external
              label: String
              tax: Int @requires(fields: "fee(currency: \\"${one}\\")")
              reversed: Int @requires(fields: "fee(currency: \\"${other}\\")")
            }`,
          )
          .join('')}
      `,
      resolvers: {
        Extra: {
          __resolveReference: (key: { id: string }) => ({ ...key, __typename: extraOf(key)?.__typename }),
        },
        Seat: { tax, reversed: tax, label: () => 'Seat' },
        Meal: { tax, reversed: tax, label: () => 'Meal' },
      },
    },
  };
  const query = '{ extras { tax reversed label } }';
  const data = {
    extras: [
      { tax: 20, reversed: 22, label: 'Seat' },
      { tax: 42, reversed: 40, label: 'Meal' },
    ],
  };
  expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(subgraphs, query)).data).not.toEqual(data);
});

test('two subgraphs that require one field, each with its arguments', async () => {
  const requiring = (field: string, currency: string): Subgraphs[string] => ({
    typeDefs: `
      type Seat @key(fields: "id") {
        id: ID!, fee(currency: String!): Int @external, ${field}: Int @requires(fields: "fee(currency: \\"${currency}\\")")
      }
    `,
    resolvers: { Seat: { [field]: tax } },
  });
  const subgraphs: Subgraphs = {
    catalogue,
    payment: requiring('tax', 'USD'),
    europe: requiring('taxInEuros', 'EUR'),
    lounge: requiring('pointsInEuros', 'EUR'),
  };
  const query = '{ extras { ... on Seat { tax taxInEuros pointsInEuros fee(currency: "EUR") } } }';
  const data = { extras: [{ tax: 20, taxInEuros: 22, pointsInEuros: 22, fee: 11 }, {}] };
  expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(subgraphs, query)).data).not.toEqual(data);
});

test('a required field that is overridden, and itself requires another', async () => {
  const subgraphs: Subgraphs = {
    catalogue: {
      typeDefs: `
        type Query { seat: Seat }
        type Seat @key(fields: "id") { id: ID!, base: Int, fee(currency: String!): Int }
      `,
      resolvers: {
        Query: { seat: () => ({ id: 's1', base: 5 }) },
        Seat: { __resolveReference: () => ({ id: 's1', base: 5 }), fee: () => -1 },
      },
    },
    pricing: {
      typeDefs: `
        type Seat @key(fields: "id") {
          id: ID!
          base: Int @external
          fee(currency: String!): Int @override(from: "catalogue") @requires(fields: "base")
        }
      `,
      resolvers: {
        Seat: { fee: ({ base }: { base: number }, args: { currency: string }) => inCurrency(base, args) },
      },
    },
    payment: {
      typeDefs: `
        type Seat @key(fields: "id") {
          id: ID!
          fee(currency: String!): Int @external
          tax: Int @requires(fields: "fee(currency: \\"USD\\")")
          taxInEuros: Int @requires(fields: "fee(currency: \\"EUR\\")")
        }
      `,
      resolvers: { Seat: { tax, taxInEuros: tax } },
    },
  };
  const query = '{ seat { tax taxInEuros } }';
  const data = { seat: { tax: 10, taxInEuros: 12 } };
  expect(await run(subgraphs, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(subgraphs, query)).data).not.toEqual(data);
});
