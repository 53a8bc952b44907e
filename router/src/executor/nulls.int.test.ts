import { describe, expect, test } from 'vitest';
import { entities, over, paths, type Scripted } from './scripted.fixture.ts';

const a: Scripted = {
  typeDefs: `
    type Query { flight: Flight, flights: [Flight], sure: [Flight!]! , tags: [String!], list: [[Int!]] }
    type Mutation { rename: Flight, again: Flight }
    type Subscription { moved: Flight }
    type Flight @key(fields: "id") { id: ID!, code: String }
  `,
};
const b = `type Flight @key(fields: "id") { id: ID!, maybe: String, need: String!, seats: [Seat!], other: Other }
  type Seat { row: Int!, letter: String } type Other { x: String }`;
const of = (id: unknown) => ({ __typename: 'Flight', id });

const flights = (list: unknown, respond: Scripted['respond']) =>
  over({
    a: { ...a, respond: () => ({ data: { flights: list, rename: of('1') } }) },
    b: { typeDefs: b, respond },
  });

describe('an entity that its subgraph does not know', () => {
  const gone = flights([of('1'), of('2')], (asked) =>
    entities(asked, ({ id }) => (id === '1' ? null : { maybe: 'm', need: 'n', other: null })),
  );

  test('has null for nullable fields, without an error', async () => {
    expect(await gone.run('{flights{maybe other{x}}}')).toEqual({
      data: {
        flights: [
          { maybe: null, other: null },
          { maybe: 'm', other: null },
        ],
      },
    });
  });

  test('has an error for each field that may not be null', async () => {
    const result = await gone.run('{flights{maybe need}}');
    expect(result.data).toEqual({ flights: [null, { maybe: 'm', need: 'n' }] });
    expect(paths(result)).toEqual([['flights', 0, 'need']]);
  });

  test('has an error for a field that another subgraph leaves out', async () => {
    const both = over({
      a: { ...a, respond: () => ({ data: { flight: of('1') } }) },
      b: { typeDefs: b, respond: (asked) => entities(asked, () => null) },
      c: {
        typeDefs: 'type Flight @key(fields: "id") { id: ID!, gate: String, belt: String }',
        respond: (asked) => entities(asked, () => ({ belt: 'east' })),
      },
    });
    const result = await both.run('{flight{maybe gate belt}}');
    expect(result.data).toEqual({ flight: { maybe: null, gate: null, belt: 'east' } });
    expect(paths(result)).toEqual([['flight', 'gate']]);
  });

  test('but failed has an error for what requires it, too', async () => {
    const errors = [{ message: 'no flight 1', path: ['_entities', 0] }];
    const requiring = over({
      a: { ...a, respond: () => ({ data: { flight: of('1') } }) },
      b: {
        typeDefs: 'type Flight @key(fields: "id") { id: ID!, maybe: String }',
        respond: (asked) => ({ ...entities(asked, () => null), errors }),
      },
      c: {
        typeDefs:
          'type Flight @key(fields: "id") { id: ID!, maybe: String @external, more: String @requires(fields: "maybe") }',
        respond: (asked) => entities(asked, () => ({ more: 'more' })),
      },
    });
    const result = await requiring.run('{flight{maybe more}}');
    expect(result.data).toEqual({ flight: { maybe: null, more: null } });
    expect(paths(result)).toEqual([
      ['flight', 'maybe'],
      ['flight', 'more'],
    ]);
  });

  test('after a mutation, too', async () => {
    const result = await gone.run('mutation{rename{id need}}');
    expect(result.data).toEqual({ rename: null });
    expect(paths(result)).toEqual([['rename', 'need']]);
  });
});

test('an entity without its key has an error for each field that cannot be fetched for it', async () => {
  const { run, asked } = flights([of(undefined), of('2')], (asked) =>
    entities(asked, () => ({ maybe: 'm' })),
  );
  const result = await run('{flights{maybe}}');
  expect(result.data).toEqual({ flights: [{ maybe: null }, { maybe: 'm' }] });
  expect(paths(result)).toEqual([['flights', 0, 'maybe']]);
  expect(asked[1]?.variables).toEqual({ representations: [of('2')] });
});

test.each([
  ['null for data', { data: null }],
  ['no data, no errors', { errors: [] }],
  ['an object for errors', { data: null, errors: { message: 'm' } }],
  ['null for an error', { data: null, errors: [null] }],
  ['a string for an error', { errors: ['m'] }],
  ['a number', 7],
  ['a string', '"x"'],
  ['nothing', ''],
  ['null for `_entities`', { data: { _entities: null } }],
  ['too few entities', { data: { _entities: [{ maybe: 'm', need: 'n' }] } }],
  ['an object for `_entities`', { data: { _entities: { 0: { maybe: 'm' } } } }],
  ['strings for entities', { data: { _entities: ['m', 'n'] } }],
])(
  'each field that was to be fetched has an error at its path where a subgraph responds with %s',
  async (_case, response) => {
    const { run } = flights([of('1'), null, of('2')], () => response);
    const result = await run('{flights{maybe other{x} id}}');
    const none = { maybe: null, other: null };
    expect(result.data).toEqual({ flights: [{ ...none, id: '1' }, null, { ...none, id: '2' }] });
    const expected = [0, 2].flatMap((i) => ['maybe', 'other'].map((field) => ['flights', i, field]));
    expect(paths(result)).toEqual(expect.arrayContaining(expected));
    expect(result.errors).toHaveLength(expected.length);
  },
);

test.each([
  ['null for data', { data: null }],
  ['null for an error', { errors: [null] }],
  ['an object for errors', { data: { flight: of('1') }, errors: { message: 'm' } }],
])('each root field has an error where a subgraph responds with %s', async (_case, response) => {
  const { run } = over({ a: { ...a, respond: () => response } });
  const result = await run('{one: flight{id} list}');
  expect(result.data).toEqual({ one: null, list: null });
  expect(paths(result)).toEqual([['one'], ['list']]);
  expect(await run('{sure{id}}')).toMatchObject({ data: null, errors: [{ path: ['sure'] }] });
});

test.each([
  ['null for data', { data: null }],
  ['an object for errors', { data: {}, errors: {} }],
  ['a list for data', { data: [] }],
  ['neither', {}],
])('a subscription’s event with %s has an error at its field', async (_case, event) => {
  const { run } = over({ a });
  const result = await run('subscription{moved{id}}', { event });
  expect(result.data).toEqual({ moved: null });
  expect(paths(result)).toEqual([['moved']]);
});

describe('a value that is not of its type is an error of its field alone', () => {
  const wrong = over({
    a: {
      ...a,
      respond: ({ query }) =>
        query.startsWith('mutation')
          ? { data: { rename: of('1'), again: [of('1')] } }
          : {
              data: {
                flights: 'none',
                tags: 'abc',
                list: [[1], 7, [1, '2'], ['x']],
                flight: { id: { a: 1 }, code: 7 },
              },
            },
    },
    b: { typeDefs: b, respond: (asked) => entities(asked, () => ({ maybe: ['m'], seats: 'A1', need: 'n' })) },
  });

  test('a string where a list belongs', async () => {
    const result = await wrong.run('{flights{id maybe} tags}');
    expect(result.data).toEqual({ flights: null, tags: null });
    expect(paths(result)).toEqual([['flights'], ['tags']]);
  });

  test('after a mutation has run', async () => {
    const result = await wrong.run('mutation{rename{id seats{row} maybe need}}');
    expect(result.data).toEqual({ rename: { id: '1', seats: null, maybe: null, need: 'n' } });
    expect(paths(result)).toEqual([
      ['rename', 'seats'],
      ['rename', 'maybe'],
    ]);
  });

  test('a list where an object belongs', async () => {
    const result = await wrong.run('mutation{again{id}}');
    expect(result).toMatchObject({ data: { again: null }, errors: [{ path: ['again'] }] });
  });

  test('elements of lists of lists, and an object that is a key', async () => {
    const result = await wrong.run('{list flight{code}}');
    expect(result.data).toEqual({ list: [[1], null, null, null], flight: { code: null } });
    expect(paths(result)).toEqual([
      ['list', 1],
      ['list', 2, 1],
      ['list', 3, 0],
      ['flight', 'code'],
    ]);
  });
});

test('what a failed fetch was required for has an error of its own', async () => {
  const { run } = over({
    a: { ...a, respond: () => ({ data: { flights: [of('1')] } }) },
    b: {
      typeDefs: 'type Flight @key(fields: "id") { id: ID!, gate: String }',
      respond: () => ({ errors: [{ message: 'No.' }] }),
    },
    c: {
      typeDefs:
        'type Flight @key(fields: "id") { id: ID!, gate: String @external, sign: String @requires(fields: "gate") }',
    },
  });
  const result = await run('{flights{id sign}}');
  expect(result.data).toEqual({ flights: [{ id: '1', sign: null }] });
  expect(paths(result)).toEqual([
    ['flights', 0],
    ['flights', 0, 'sign'],
  ]);
});

test('fields that do not merge are null without an error on an entity that is gone', async () => {
  const { run } = over({
    a: {
      typeDefs: `type Query { all: [Thing] } union Thing = Box | Ball
        type Box @key(fields: "id") { id: ID! } type Ball @key(fields: "id") { id: ID! }`,
      respond: () => ({
        data: {
          all: [
            { __typename: 'Box', id: '1' },
            { __typename: 'Ball', id: '2' },
          ],
        },
      }),
    },
    b: {
      typeDefs: `type Box @key(fields: "id") { id: ID!, size: String @shareable } type Ball @key(fields: "id") { id: ID!, size: String! @shareable }`,
      respond: (asked) => entities(asked, () => null),
    },
    c: { typeDefs: 'type Ball @key(fields: "id") { id: ID!, size: String @shareable }' },
  });
  expect(await run('{all{... on Box{size} ... on Ball{size}}}')).toEqual({
    data: { all: [{ size: null }, { size: null }] },
  });
});
