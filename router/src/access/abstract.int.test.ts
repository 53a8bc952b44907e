import { describe, expect, test } from 'vitest';
import type { Subgraphs } from '../corrections/corrections.fixture.ts';
import { accessOver, callers } from './access.fixture.ts';
import { subgraphs } from './rules.fixture.ts';

const { anonymous, customer, operator, staff } = callers;

describe('objects of types with different rules', () => {
  test('have a field where their type allows it, and it is fetched for these types alone', async () => {
    const { ask, fetched } = accessOver(subgraphs);
    expect(await ask(customer, '{ node { name peer { name } } }')).toEqual({
      data: { node: { name: 'plane', peer: { name: null } } },
      errors: [
        {
          message: 'Gate.name requires the policy staff.',
          path: ['node', 'peer', 'name'],
          code: 'FORBIDDEN',
        },
      ],
    });
    expect(fetched()).toBe(
      '{node{__typename ...on Plane{name peer{__typename ...on Plane{name}}}...on Gate{peer{__typename ...on Plane{name}}}}}',
    );
  });

  test('are null where their type is denied, without a word of that type', async () => {
    const { ask, fetched } = accessOver(subgraphs);
    expect(
      await ask(staff, '{ node { peer { peer { __typename id } } } thing { ... on Vault { id } } }'),
    ).toEqual({
      data: { node: { peer: { peer: null } }, thing: null },
      errors: [
        {
          message: 'The value of Gate.peer is not for this caller.',
          path: ['node', 'peer', 'peer'],
          code: 'FORBIDDEN',
        },
        { message: 'The value of Query.thing is not for this caller.', path: ['thing'], code: 'FORBIDDEN' },
      ],
    });
    expect(fetched()).not.toMatch(/on Vault/);
  });

  test('are all there for a caller who may', async () => {
    const { ask } = accessOver(subgraphs);
    expect(
      await ask(operator, '{ node { peer { peer { name } } } thing { ... on Vault { name } } }'),
    ).toEqual({
      data: { node: { peer: { peer: { name: 'vault' } } }, thing: { name: 'vault' } },
    });
  });

  test('make null what holds them, where they may not be null', async () => {
    const { ask } = accessOver({
      ...subgraphs,
      flights: {
        typeDefs: subgraphs.flights?.typeDefs ?? '',
        resolvers: {
          ...subgraphs.flights?.resolvers,
          Query: {
            things: () => [
              { __typename: 'Plane', id: 'p' },
              { __typename: 'Vault', id: 'v' },
            ],
          },
        },
      },
    });
    expect(await ask(customer, '{ things { ... on Plane { id } } }')).toEqual({
      data: null,
      errors: [
        {
          message: 'The value of Query.things is not for this caller.',
          path: ['things', 1],
          code: 'FORBIDDEN',
        },
      ],
    });
  });

  test('can be told apart by an anonymous caller who asks for those alone that are public', async () => {
    const { ask } = accessOver(subgraphs);
    // Of the other types the caller may not even see that there is an object.
    expect(await ask(anonymous, '{ node { ... on Plane { name } } }')).toMatchObject({ status: 401 });
  });
});

describe('an interface object', () => {
  const seats: Subgraphs = {
    cabin: {
      typeDefs: `
        interface Seat @key(fields: "id") { id: ID!, price: Int }
        type Window implements Seat @key(fields: "id") { id: ID!, price: Int @policy(policies: [["staff"]]) }
        type Aisle implements Seat @key(fields: "id") { id: ID!, price: Int @authenticated }
      `,
      resolvers: {
        Seat: {
          __resolveType: ({ id }: { id: string }) => (id === '1' ? 'Window' : 'Aisle'),
          __resolveReference: ({ id }: { id: string }) => ({ id }),
        },
        Window: { price: () => 1 },
        Aisle: { price: () => 2 },
      },
    },
    sale: {
      typeDefs: `
        type Query { seats: [Seat!]! @tag(name: "public") }
        type Seat @key(fields: "id") @interfaceObject {
          id: ID!
          label: String! @tag(name: "public")
          sold: Boolean @policy(policies: [["staff"]])
        }
      `,
      resolvers: {
        Query: { seats: () => [{ id: '1' }, { id: '2' }] },
        Seat: { label: ({ id }: { id: string }) => `seat ${id}`, sold: () => true },
      },
    },
  };

  test('has the rules of its fields for all types, which may be shown without their types', async () => {
    const { ask, fetched } = accessOver(seats);
    const labels = [{ label: 'seat 1' }, { label: 'seat 2' }];
    expect(await ask(anonymous, '{ seats { label } }')).toEqual({ data: { seats: labels } });
    expect(await ask(customer, '{ seats { label sold } }')).toMatchObject({
      data: { seats: labels.map((seat) => ({ ...seat, sold: null })) },
      errors: [{ path: ['seats', 0, 'sold'] }, { path: ['seats', 1, 'sold'] }],
    });
    expect(fetched()).toBe('{seats{label}}\n{seats{label}}');
  });

  test('has fields of other subgraphs by the rules of each type', async () => {
    const { ask, fetched } = accessOver(seats);
    expect(await ask(customer, '{ seats { label price } }')).toMatchObject({
      data: {
        seats: [
          { label: 'seat 1', price: null },
          { label: 'seat 2', price: 2 },
        ],
      },
      errors: [{ path: ['seats', 0, 'price'], code: 'FORBIDDEN' }],
    });
    expect(fetched()).toMatch(/\.\.\.on Seat\{__typename \.\.\.on Aisle\{price\}\}\}\}$/);
  });
});
