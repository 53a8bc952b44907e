import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';
import { deferring } from './deferred.fixture.ts';

const classOf = ({ id }: { id: string }) => (id === '1' ? 'Window' : 'Aisle');

/** Seats, whose classes one subgraph alone knows. */
const subgraphs: Subgraphs = {
  cabin: {
    typeDefs: `
      interface Seat @key(fields: "id") { id: ID! }
      type Window implements Seat @key(fields: "id") { id: ID!, shaded: Boolean! }
      type Aisle implements Seat @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Seat: { __resolveType: classOf, __resolveReference: ({ id }: { id: string }) => ({ id }) },
      Window: { shaded: () => true },
    },
  },
  sale: {
    typeDefs: `
      type Query { seats: [Seat!]! }
      type Seat @key(fields: "id") @interfaceObject { id: ID!, label: String! }
    `,
    resolvers: {
      Query: { seats: () => [{ id: '1' }, { id: '2' }] },
      Seat: { label: ({ id }: { id: string }) => `seat ${id}` },
    },
  },
  crew: {
    typeDefs: 'type Seat @key(fields: "id") @interfaceObject { id: ID!, free: Boolean! }',
    resolvers: { Seat: { free: () => false } },
  },
};

test('a subgraph that knows the interface only does not take the type from an object', async () => {
  const { data, errors } = await run(
    subgraphs,
    '{ seats { ... on Window { id __typename label shaded } ... on Aisle { id label } free id __typename } }',
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    seats: [
      { __typename: 'Window', id: '1', label: 'seat 1', shaded: true, free: false },
      { __typename: 'Aisle', id: '2', label: 'seat 2', free: false },
    ],
  });
});

test('a deferred part tells the type of an object of which only the interface was known', async () => {
  const router = deferring(subgraphs);
  const query = '{ seats { label ... @defer { __typename ... on Window { shaded } } } }';
  const { later, merged, errors } = await router.inParts(query);
  expect(later).not.toEqual([]);
  expect(errors).toEqual([]);
  expect(merged).toEqual({
    seats: [
      { label: 'seat 1', __typename: 'Window', shaded: true },
      { label: 'seat 2', __typename: 'Aisle' },
    ],
  });
});

test('what is selected on another interface or a union is of the objects that are of it', async () => {
  const { cabin = { typeDefs: '', resolvers: {} } } = subgraphs;
  const shading: Subgraphs = {
    ...subgraphs,
    cabin: {
      ...cabin,
      typeDefs: `${cabin.typeDefs.replace('Window implements Seat', 'Window implements Seat & Shaded')}
        interface Shaded { shaded: Boolean! }
        union View = Window | Door
        type Door { id: ID! }
      `,
    },
  };
  const query = `
    { seats { label ... on Shaded { shaded } ... on View { __typename ... on Seat { ...Shading } } } }
    fragment Shading on Shaded { again: shaded }
  `;
  expect(await run(shading, query)).toMatchObject({
    data: {
      seats: [{ label: 'seat 1', shaded: true, __typename: 'Window', again: true }, { label: 'seat 2' }],
    },
    errors: [],
  });
  const router = deferring(shading);
  const { later, merged, errors } = await router.inParts(
    '{ seats { label ... on Shaded @defer { shaded } } }',
  );
  expect(later).not.toEqual([]);
  expect(errors).toEqual([]);
  expect(merged).toEqual({ seats: [{ label: 'seat 1', shaded: true }, { label: 'seat 2' }] });
});

test('what an object has already is no error where a subgraph that is asked for it once more fails', async () => {
  const { sale = { typeDefs: '', resolvers: {} } } = subgraphs;
  const __resolveReference = () => {
    throw new Error('away');
  };
  const failing: Subgraphs = {
    ...subgraphs,
    sale: {
      typeDefs: sale.typeDefs.replace('label: String!', 'label: String'),
      resolvers: { ...sale.resolvers, Seat: { __resolveReference } },
    },
  };
  const query = '{ seats { ... on Window { id __typename label shaded } ... on Aisle { id label } } }';
  const { data, errors } = await run(failing, query);
  expect(data).toEqual({
    seats: [
      { id: '1', __typename: 'Window', label: null, shaded: true },
      { id: '2', label: null },
    ],
  });
  expect(errors).toEqual([0, 1].map((i) => ({ message: 'away', path: ['seats', i, 'label'] })));
});

test('an object of which only the interface is known has nothing that depends on its type', async () => {
  const { cabin = { typeDefs: '', resolvers: {} }, sale = { typeDefs: '', resolvers: {} } } = subgraphs;
  const shaded = () => {
    throw new Error('no shade');
  };
  const __resolveReference = ({ id }: { id: string }) => (id === '3' ? null : { id });
  const failing: Subgraphs = {
    cabin: {
      ...cabin,
      resolvers: { Seat: { __resolveType: classOf, __resolveReference }, Window: { shaded } },
    },
    sale: {
      typeDefs: sale.typeDefs.replace('[Seat!]!', '[Seat]'),
      resolvers: { ...sale.resolvers, Query: { seats: () => [{ id: '1' }, { id: '2' }, { id: '3' }] } },
    },
  };
  expect(await run(failing, '{ seats { label ... on Window { shaded } } }')).toMatchObject({
    data: { seats: [null, { label: 'seat 2' }, null] },
    errors: [
      { message: 'no shade', path: ['seats', 0, 'shaded'] },
      { message: 'The value of Query.seats is not of its type.', path: ['seats', 2] },
    ],
  });
  expect(await run(failing, '{ seats { label } }')).toMatchObject({
    data: { seats: [{}, {}, {}] },
    errors: [],
  });
});

test('an object whose key the plan wants for another type alone is not sent without it', async () => {
  const { cabin = { typeDefs: '', resolvers: {} } } = subgraphs;
  const requiring: Subgraphs = {
    cabin: {
      typeDefs: cabin.typeDefs.replaceAll('id: ID!', 'id: ID!, row: Int!'),
      resolvers: {
        ...cabin.resolvers,
        Window: { row: ({ id }: { id: string }) => Number(id), shaded: () => true },
        Aisle: { row: ({ id }: { id: string }) => Number(id) },
      },
    },
    sale: {
      typeDefs: `
        type Query { seats: [Seat!]! }
        type Seat @key(fields: "id") @interfaceObject {
          id: ID!, row: Int! @external, price: Int @requires(fields: "row")
        }
      `,
      resolvers: {
        Query: { seats: () => [{ id: '2' }, { id: '1' }] },
        Seat: {
          __resolveReference: ({ id, ...seat }: { id?: string }) => {
            if (id === undefined) throw new Error('A seat without its key.');
            return { id, ...seat };
          },
          price: ({ row }: { row: number }) => 100 * row,
        },
      },
    },
  };
  const { data, errors } = await run(requiring, '{ seats { ... on Window { price } } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ seats: [{}, { price: 100 }] });
});

/** The subgraph of sale with a field that takes arguments, and with one that requires what only cabin has. */
const priced: Subgraphs = {
  cabin: {
    typeDefs: `
      type Query { first: Seat! }
      interface Seat @key(fields: "id") { id: ID!, row: Int!, next: Seat }
      type Window implements Seat @key(fields: "id") { id: ID!, row: Int!, next: Seat }
      type Aisle implements Seat @key(fields: "id") { id: ID!, row: Int!, next: Seat }
    `,
    resolvers: {
      Query: { first: () => ({ id: '1', row: 1, next: { id: '2', row: 2 } }) },
      Seat: { __resolveType: classOf, __resolveReference: ({ id }: { id: string }) => ({ id }) },
    },
  },
  sale: {
    typeDefs: `
      type Query { seats: [Seat!]! }
      type Seat @key(fields: "id") @interfaceObject {
        id: ID!, row: Int! @external, fare(currency: String): String!, price: Int @requires(fields: "row")
      }
    `,
    resolvers: {
      Query: { seats: () => [{ id: '1' }, { id: '2' }] },
      Seat: {
        fare: (_: unknown, { currency = 'KRW' }: { currency?: string }) => currency,
        price: ({ row }: { row: number }) => 100 * row,
      },
    },
  },
};

test.each([
  ['fare(currency: "USD")', 'fare', 'USD', 'KRW'],
  ['fare(currency: "USD")', 'fare(currency: "EUR")', 'USD', 'EUR'],
  ['fare: __typename', 'fare', 'Window', 'KRW'],
])(
  'a name that is %s of one type and %s of another is of each what it asks for',
  async (window, aisle, first, second) => {
    const query = `{ seats { ... on Window { ${window} } ... on Aisle { ${aisle} } } }`;
    const { data, errors } = await run(priced, query);
    expect(errors).toEqual([]);
    expect(data).toEqual({ seats: [{ fare: first }, { fare: second }] });
  },
);

test('a subgraph that has no such type is not asked for it', async () => {
  const { data, errors, fetches } = await run(priced, '{ first { next { row ... on Window { price } } } }');
  expect({ data, errors }).toEqual({ data: { first: { next: { row: 2 } } }, errors: [] });
  expect(fetches.map(({ subgraph }) => subgraph)).toEqual(['cabin']);
});

test('what is asked for on all types does not lack what a field of one type requires', async () => {
  const query = '{ first { next { fare ... on Window { price } } } }';
  const { data, errors, fetches } = await run(priced, query);
  expect({ data, errors }).toEqual({ data: { first: { next: { fare: 'KRW' } } }, errors: [] });
  // Nothing is asked for without what it requires, though its value would not be shown.
  expect(fetches.at(-1)?.variables).toEqual({
    representations_0: [{ __typename: 'Seat', id: '2' }],
    representations_1: [],
  });
  const both = await run(priced, '{ first { fare ... on Window { price } next { fare } } }');
  expect(both.errors).toEqual([]);
  expect(both.data).toEqual({ first: { fare: 'KRW', price: 100, next: { fare: 'KRW' } } });
});

test('no error of a deferred part is at a field that its object does not have', async () => {
  const rank = () => {
    throw new Error('no rank');
  };
  const ranked: Subgraphs = {
    ...priced,
    crew: {
      typeDefs: `
        type Seat @key(fields: "id") @interfaceObject {
          id: ID!, fare(currency: String): String! @external, rank: Int @requires(fields: "fare")
        }
      `,
      resolvers: { Seat: { rank } },
    },
  };
  const query =
    '{ first { next { id ... @defer { ... on Window { rank } } } ... @defer { ... on Window { rank } } } }';
  const { later, errors } = await deferring(ranked).inParts(query);
  const parts = new Map(later.flat().map(({ path, data }) => [path.join('.'), data]));
  expect(Object.fromEntries(parts)).toEqual({ first: { rank: null }, 'first.next': {} });
  // What is of no field of the object is at the object.
  expect(errors.map(({ path }) => path?.join('.')).toSorted()).toEqual(['first.next', 'first.rank']);
  // Nor is it told with another object, of a type that the part is for.
  const ofWindows = await deferring(ranked).inParts('{ seats { id ... on Window @defer { rank } } }');
  expect(ofWindows.errors.map(({ path }) => path)).toEqual([['seats', 0, 'rank']]);
});
