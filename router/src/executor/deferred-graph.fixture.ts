import type { Subgraphs } from '../corrections/corrections.fixture.ts';

const places = [
  { __typename: 'Gate', id: 'g1', code: 'A1' },
  { __typename: 'Desk', id: 'd1', open: true },
  { __typename: 'Gate', id: 'g2', code: 'B2' },
];
const placeOf = ({ id }: { id: string }) => places.find((place) => place.id === id);

const flights = ['1', '2', '3'].map((id, index) => ({
  __typename: 'Flight',
  id,
  code: `KE${id}`,
  place: places[index],
  places: places.slice(index),
  crew: index === 1 ? null : { pilots: index + 1, cabin: 2 * index },
}));
const flightOf = ({ id }: { id: string }) => flights[Number(id) - 1];

const refused = (what: string) => () => {
  throw new Error(`no ${what}`);
};

/** Three subgraphs that hold entities in part, one of which requires fields of another. */
export const airline: Subgraphs = {
  flight: {
    typeDefs: `
      type Query { flight: Flight, flights: [Flight!]!, found: [Found!]!, place: Place, crew: Crew, closed: Int }
      type Mutation { rename(code: String!): Flight }
      union Found = Gate | Flight
      interface Place { id: ID! }
      type Gate implements Place @key(fields: "id") { id: ID!, code: String }
      type Desk implements Place @key(fields: "id") { id: ID!, open: Boolean }
      type Crew { pilots: Int, cabin: Int, flight: Flight, late: Int, missing: Int! }
      type Flight @key(fields: "id") {
        id: ID!, code: String, next: Flight, place: Place, places: [Place!]!, crew: Crew, required: String!
      }
    `,
    resolvers: {
      Query: {
        flight: () => flights[0],
        flights: () => flights,
        found: () => [flights[0], places[0], flights[2]],
        place: () => places[1],
        crew: () => flights[2]?.crew,
        closed: refused('closed'),
      },
      Mutation: { rename: (_: unknown, { code }: { code: string }) => ({ ...flights[0], code }) },
      Crew: { flight: () => flights[0], late: refused('late'), missing: () => null },
      Flight: {
        __resolveReference: flightOf,
        next: ({ id }: { id: string }) => flights[Number(id) % 3],
        required: ({ id }: { id: string }) => (id === '2' ? null : `r${id}`),
      },
      Gate: { __resolveReference: placeOf },
      Desk: { __resolveReference: placeOf },
    },
  },
  payment: {
    typeDefs: `
      type Query { paid: Int, best: Flight, broken: Int }
      type Flight @key(fields: "id") {
        id: ID!, revenue: Int, cost(in: Int = 1): Int, other: Flight, debt: Int, audited: Int!
      }
      type Gate @key(fields: "id") { id: ID!, size: Int }
      type Desk @key(fields: "id") { id: ID!, size: Int }
    `,
    resolvers: {
      Query: { paid: () => 7, best: () => ({ id: '2' }), broken: refused('broken') },
      Flight: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        revenue: ({ id }: { id: string }) => Number(id) * 100,
        cost: ({ id }: { id: string }, args: { in: number }) => Number(id) * 10 * args.in,
        other: ({ id }: { id: string }) => (id === '3' ? null : { id: '3' }),
        debt: refused('debt'),
        audited: ({ id }: { id: string }) => (id === '2' ? null : 5),
      },
      Gate: { __resolveReference: ({ id }: { id: string }) => ({ id }), size: () => 2 },
      Desk: { __resolveReference: ({ id }: { id: string }) => ({ id }), size: () => 9 },
    },
  },
  tax: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        revenue: Int @external
        cost(in: Int = 1): Int @external
        tax: Int @requires(fields: "revenue")
        fee: Int @requires(fields: "cost(in: 3)")
        rate: Int @requires(fields: "cost(in: 4)")
      }
    `,
    resolvers: {
      Flight: {
        tax: ({ revenue }: { revenue: number }) => revenue / 10,
        fee: ({ cost }: { cost: number }) => cost + 1,
        rate: ({ cost }: { cost: number }) => cost + 2,
      },
    },
  },
};
