import { expect, test } from 'vitest';
import { run, runByGateway, type Subgraphs } from './corrections.fixture.ts';

const bookings = ['a', 'b', 'c', 'd'].flatMap((customerId) =>
  ['f1', 'f2'].map((flightId) => ({ id: `${flightId}${customerId}`, flightId, customerId })),
);
type Booking = (typeof bookings)[number];
const bookingOf = ({ id }: { id: string }) => bookings.find((booking) => booking.id === id);

/**
 * The cabin subgraph requires, with arguments, a field of its own, for what another subgraph knows below it; that one
 * has the same field as external, for a `@requires` of its own.
 */
const cabin: Subgraphs = {
  schedule: {
    typeDefs: `
      type Query { departures: [Flight!]! }
      type Flight @key(fields: "id") { id: ID!, bookings(first: Int!): [Booking!] @external }
      type Booking @key(fields: "id") {
        id: ID!
        customerId: ID
        companions: [Flight!] @external
        alone: Boolean @requires(fields: "companions { bookings(first: 50) { id } }")
      }
    `,
    resolvers: {
      Query: { departures: () => [{ id: 'f1' }, { id: 'f2' }] },
      Booking: {
        __resolveReference: (reference: { id: string }) => ({ ...bookingOf(reference), ...reference }),
        alone: ({ companions }: { companions: { bookings: unknown[] }[] }) =>
          companions.every(({ bookings: others }) => others.length === 1),
      },
    },
  },
  cabin: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        bookings(first: Int!): [Booking!]
        lastOfThree: ID @requires(fields: "bookings(first: 3) { customerId }")
      }
      type Booking @key(fields: "id") { id: ID!, customerId: ID @external, seat: String, companions: [Flight!] }
    `,
    resolvers: {
      Flight: {
        bookings: ({ id }: { id: string }, { first }: { first: number }) =>
          bookings.filter(({ flightId }) => flightId === id).slice(0, first),
        lastOfThree: ({ bookings: three }: { bookings?: Booking[] }) => {
          if (three?.length !== 3) throw new Error('expected three bookings');
          return three[2]?.customerId;
        },
      },
      Booking: {
        __resolveReference: bookingOf,
        companions: ({ flightId }: Booking) => [{ id: flightId }],
      },
    },
  },
};

const three = { lastOfThree: 'c' };

test('the field is asked of the subgraph that resolves it, not of one that has it as external', async () => {
  const query = '{ departures { lastOfThree } }';
  const data = { departures: [three, three] };
  expect(await run(cabin, query)).toMatchObject({ data, errors: [] });
  // The patch of the planner mends this for the gateway, too.
  expect(await runByGateway(cabin, query)).toMatchObject({ data, errors: [] });
});

test.each([
  ['a literal', '{ departures { lastOfThree bookings(first: 1) { id } } }'],
  ['a variable', 'query($first: Int = 1) { departures { lastOfThree bookings(first: $first) { id } } }'],
  [
    'a variable in fragments',
    `query($first: Int = 1) { departures { lastOfThree ...One ...Same } }
     fragment One on Flight { bookings(first: $first) { id } }
     fragment Same on Flight { bookings(first: $first) { id } }`,
  ],
])('the client’s own argument is %s', async (_, query) => {
  const data = {
    departures: ['f1a', 'f2a'].map((id) => ({ ...three, bookings: [{ id }] })),
  };
  expect(await run(cabin, query)).toMatchObject({ data, errors: [] });
  expect((await runByGateway(cabin, query)).data).not.toEqual(data);
});

test('a @requires with arguments below another external field', async () => {
  const { data, errors } = await run(cabin, '{ departures { bookings(first: 1) { alone } } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ departures: [0, 1].map(() => ({ bookings: [{ alone: false }] })) });
});
