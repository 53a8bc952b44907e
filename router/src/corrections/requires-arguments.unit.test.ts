import { expect, test } from 'vitest';
import { run, runByGateway, type Subgraphs } from './corrections.fixture.ts';

const flights = [
  { id: 'f1', code: 'KE1', fare: 0, distance: 1, aircraft: { model: 'A380', rent: 10 } },
  { id: 'f2', code: 'KE2', fare: 200, distance: 2, aircraft: null },
];
type Flight = (typeof flights)[number];
const inCurrency = (amount: number, currency: string) => (currency === 'EUR' ? amount + 1 : amount);
const flightOf = ({ id }: { id: string }) => flights.find((flight) => flight.id === id);

/** The flight subgraph has fares; payment computes from them what it charges. */
const fares: Subgraphs = {
  flight: {
    typeDefs: `
      type Query { flights: [Flight!]! }
      type Mutation { addFlight: Flight }
      type Subscription { fareChanged: Flight }
      type Flight @key(fields: "id") {
        id: ID!, code: String, fare(currency: String! = "USD", rounded: Boolean): Int, distance: Int, aircraft: Aircraft
      }
      type Aircraft { model: String, rent(currency: String!): Int }
    `,
    resolvers: {
      Query: { flights: () => flights },
      Mutation: { addFlight: () => flights[1] },
      Subscription: { fareChanged: () => flights[1] },
      Flight: {
        __resolveReference: flightOf,
        fare: ({ fare }: Flight, { currency }: { currency: string }) => {
          if (currency === 'GBP') throw new Error('no fares in GBP');
          return inCurrency(fare, currency);
        },
      },
      Aircraft: {
        rent: ({ rent }: { rent: number }, { currency }: { currency: string }) => inCurrency(rent, currency),
      },
    },
  },
  payment: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        fare(currency: String! = "USD", rounded: Boolean): Int @external
        distance: Int @external
        aircraft: Aircraft @external
        charge: String @requires(fields: "fare(currency: \\"USD\\") distance")
        chargeInEuros(times: Int): String @requires(fields: "fare(rounded: true, currency: \\"EUR\\") distance")
        chargeInPounds: String @requires(fields: "fare(currency: \\"GBP\\")")
        defaultCharge: String @requires(fields: "fare")
        lease: String @requires(fields: "aircraft { model rent(currency: \\"USD\\") }")
        leaseInEuros: String @requires(fields: "aircraft { rent(currency: \\"EUR\\") }")
      }
      type Aircraft { model: String @external, rent(currency: String!): Int @external }
    `,
    resolvers: {
      Flight: {
        charge: ({ fare, distance }: Flight) => `${fare} for ${distance}`,
        chargeInEuros: ({ fare, distance }: Flight, { times }: { times?: number }) =>
          `${times === undefined ? fare : fare * times} for ${distance}`,
        chargeInPounds: ({ fare }: Flight) => `${fare}`,
        defaultCharge: ({ fare }: Flight) => `${fare}`,
        lease: ({ aircraft }: Flight) => aircraft && `${aircraft.model}: ${aircraft.rent}`,
        leaseInEuros: ({ aircraft }: Flight) => aircraft && `${aircraft.rent}`,
      },
    },
  },
};

test('two @requires of one field with different arguments have each their value', async () => {
  const query = '{ flights { charge chargeInEuros } }';
  const data = {
    flights: [
      { charge: '0 for 1', chargeInEuros: '1 for 1' },
      { charge: '200 for 2', chargeInEuros: '201 for 2' },
    ],
  };
  expect(await run(fares, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(fares, query)).data).not.toEqual(data);
});

test('they are fetched at once, from a subgraph that sees its own field names only', async () => {
  const { fetches } = await run(fares, '{ flights { charge chargeInEuros(times: 2) } }');
  expect(fetches).toHaveLength(2);
  const { representations_0, representations_1 } = fetches[1]?.variables ?? {};
  expect(representations_0).toMatchObject([{ fare: 0 }, { fare: 200 }]);
  expect(representations_1).toEqual([
    { __typename: 'Flight', id: 'f1', fare: 1, distance: 1 },
    { __typename: 'Flight', id: 'f2', fare: 201, distance: 2 },
  ]);
});

test('so has one that is required with arguments itself', async () => {
  const subgraphs: Subgraphs = {
    ...fares,
    invoice: {
      typeDefs: `
        type Flight @key(fields: "id") {
          id: ID!
          chargeInEuros(times: Int): String @external
          invoice: String @requires(fields: "chargeInEuros(times: 2)")
        }
      `,
      resolvers: { Flight: { invoice: (flight: { chargeInEuros: string }) => flight.chargeInEuros } },
    },
  };
  const data = {
    flights: [
      { charge: '0 for 1', invoice: '2 for 1' },
      { charge: '200 for 2', invoice: '402 for 2' },
    ],
  };
  expect(await run(subgraphs, '{ flights { charge invoice } }')).toMatchObject({ data, errors: [] });
});

test('one fetch stays one where no @requires disagree', async () => {
  const { data, fetches } = await run(fares, '{ flights { charge lease } }');
  expect(data).toEqual({
    flights: [
      { charge: '0 for 1', lease: 'A380: 10' },
      { charge: '200 for 2', lease: null },
    ],
  });
  expect(fetches).toHaveLength(2);
});

test('variables go to the fetch that uses them', async () => {
  const query = 'query($times: Int) { flights { charge chargeInEuros(times: $times) } }';
  const { data, errors, fetches } = await run(fares, query, { variables: { times: 3 } });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ flights: [{ chargeInEuros: '3 for 1' }, { chargeInEuros: '603 for 2' }] });
  expect(fetches.filter(({ query }) => query.includes('$times'))).toHaveLength(1);
});

test('a client that selects the field with other arguments does not change what is required', async () => {
  const query = '{ flights { fare(currency: "EUR") charge } }';
  const data = {
    flights: [
      { fare: 1, charge: '0 for 1' },
      { fare: 201, charge: '200 for 2' },
    ],
  };
  expect(await run(fares, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(fares, query)).data).not.toEqual(data);
});

test('the same with an alias that is the name of the field', async () => {
  const query = '{ flights { fare: code charge } }';
  const data = {
    flights: [
      { fare: 'KE1', charge: '0 for 1' },
      { fare: 'KE2', charge: '200 for 2' },
    ],
  };
  expect(await run(fares, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(fares, query)).data).not.toEqual(data);
});

test('arguments left to their defaults count too', async () => {
  const query = '{ flights { fare(currency: "EUR") defaultCharge } }';
  const data = {
    flights: [
      { fare: 1, defaultCharge: '0' },
      { fare: 201, defaultCharge: '200' },
    ],
  };
  expect(await run(fares, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(fares, query)).data).not.toEqual(data);
});

test('arguments inside an object that is required', async () => {
  const query = '{ flights { aircraft { rent(currency: "EUR") } lease leaseInEuros } }';
  const data = {
    flights: [
      { aircraft: { rent: 11 }, lease: 'A380: 10', leaseInEuros: '11' },
      { aircraft: null, lease: null, leaseInEuros: null },
    ],
  };
  const result = await run(fares, query);
  expect(result.errors).toEqual([]);
  expect(result.data).toMatchObject(data);
  expect((await runByGateway(fares, query)).data).not.toMatchObject(data);
});

test('an error of a required field, which the client has not selected, has the path of its object', async () => {
  const { data, errors } = await run(fares, '{ flights { code chargeInPounds } }');
  expect(data).toEqual({
    flights: [
      { code: 'KE1', chargeInPounds: 'null' },
      { code: 'KE2', chargeInPounds: 'null' },
    ],
  });
  expect(errors).toEqual([0, 1].map((i) => ({ message: 'no fares in GBP', path: ['flights', i] })));
});

test.each([
  ['mutation', 'mutation { event: addFlight { charge chargeInEuros } }'],
  ['subscription', 'subscription { event: fareChanged { charge chargeInEuros } }'],
])('a %s', async (_, query) => {
  const data = { event: { charge: '200 for 2', chargeInEuros: '201 for 2' } };
  expect(await run(fares, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(fares, query)).data).not.toEqual(data);
});

test('a condition of the client on one of them', async () => {
  const query = 'query($euros: Boolean!) { flights { charge chargeInEuros @include(if: $euros) } }';
  const without = await run(fares, query, { variables: { euros: false } });
  expect(without).toMatchObject({
    data: { flights: [{ charge: '0 for 1' }, { charge: '200 for 2' }] },
    errors: [],
  });
  const both = await run(fares, query, { variables: { euros: true } });
  expect(both.data).toMatchObject({
    flights: [{ chargeInEuros: '1 for 1' }, { chargeInEuros: '201 for 2' }],
  });
});
