import type { Subgraphs } from '../corrections/corrections.fixture.ts';

/** The mutations that have run. */
export const done: string[] = [];

/** Flights with rules of each kind. */
export const subgraphs: Subgraphs = {
  flights: {
    typeDefs: `
      type Query {
        flights: [Flight!]! @tag(name: "public")
        flight: Flight @tag(name: "public")
        crew: [String!] @requiresScopes(scopes: [["read:crew", "read:names"], ["read:all"]])
        needed: String! @policy(policies: [["staff"]])
        private: Note
        unmarked: Int
        me: Int @authenticated
        things: [Thing!]! @authenticated
        thing: Thing @tag(name: "public")
        node: Node @tag(name: "public")
      }
      type Mutation {
        first: Int @policy(policies: [["staff"]])
        second(n: Int): Int @policy(policies: [["owner"], ["staff"]])
        third: Int! @policy(policies: [["operator"]])
      }
      type Subscription {
        flightUpdated: Flight @tag(name: "public")
        noteUpdated: Note @authenticated
        unmarkedUpdated: Int
      }
      type Flight @key(fields: "id") @tag(name: "public") {
        id: ID!
        code: String!
        cost: Money @policy(policies: [["owner"], ["staff"]])
        seats: [Seat!]! @policy(policies: [["owner"], ["staff"], ["operator"]])
        weight: Int! @policy(policies: [["staff"]])
        next: Flight
      }
      type Seat { row: Int, letter: String! @policy(policies: [["operator"]]) }
      type Note @policy(policies: [["staff"], ["operator"]]) { text: String, urgent: Boolean @policy(policies: [["operator"]]) }
      scalar Money @requiresScopes(scopes: [["money"], ["read:all"]])
      interface Node { id: ID!, name: String, peer: Node }
      type Plane implements Node @tag(name: "public") { id: ID!, name: String, peer: Node }
      type Gate implements Node @tag(name: "public") { id: ID!, name: String @policy(policies: [["staff"]]), peer: Node }
      type Vault implements Node @policy(policies: [["operator"]]) { id: ID!, name: String, peer: Node }
      union Thing = Plane | Vault
    `,
    resolvers: {
      Query: {
        flights: () => [{ id: '1' }, { id: '2' }],
        flight: () => ({ id: '1' }),
        crew: () => ['Ada'],
        needed: () => 'needed',
        private: () => ({ text: 'secret', urgent: true }),
        unmarked: () => 1,
        me: () => 2,
        things: () => [{ __typename: 'Plane', id: 'p' }],
        thing: () => ({ __typename: 'Vault', id: 'v', name: 'vault' }),
        node: () => ({ __typename: 'Plane', id: 'p', name: 'plane' }),
      },
      Mutation: {
        first: () => done.push('first'),
        second: () => done.push('second'),
        third: () => done.push('third'),
      },
      Subscription: {
        flightUpdated: { resolve: () => ({ id: '1' }) },
        noteUpdated: { resolve: () => ({ text: 'secret' }) },
        unmarkedUpdated: { resolve: () => 1 },
      },
      Flight: {
        code: ({ id }: { id: string }) => `KE${id}`,
        cost: () => 10,
        weight: () => 9,
        seats: () => [{ row: 1, letter: 'A' }],
        next: ({ id }: { id: string }) => (id === '1' ? { id: '2' } : null),
        __resolveReference: ({ id }: { id: string }) => ({ id }),
      },
      Plane: { peer: () => ({ __typename: 'Gate', id: 'g', name: 'gate' }) },
      Gate: { peer: () => ({ __typename: 'Vault', id: 'v', name: 'vault' }) },
    },
  },
  payments: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        revenue: Int @policy(policies: [["staff"]])
        share: Int @requires(fields: "weight") @policy(policies: [["staff"]])
        weight: Int! @external
      }
    `,
    resolvers: { Flight: { revenue: () => 100, share: ({ weight }: { weight: number }) => weight * 2 } },
  },
};
