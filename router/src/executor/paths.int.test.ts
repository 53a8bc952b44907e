import { describe, expect, test } from 'vitest';
import { entities, over, paths, type Representation, type Scripted } from './scripted.fixture.ts';

const thing: Scripted['typeDefs'] = `
  type Query { union: [Thing], boxes: [[Box]], box: Box }
  type Mutation { make: [Thing] }
  type Subscription { made: [Thing] }
  union Thing = Box | Ball7 | Ball8
  type Box @key(fields: "id") { id: ID! }
  type Ball7 @key(fields: "id") { id: ID! }
  type Ball8 @key(fields: "id") { id: ID! }
`;
const bad = `
  type Box @key(fields: "id") { id: ID!, bad(x: Int): Box, name: String, deep: String }
  type Ball7 @key(fields: "id") { id: ID!, bad: Ball7, only7: String }
  type Ball8 @key(fields: "id") { id: ID!, bad: Other, only8: String }
  type Other { broken: String, list: [String!] }
`;
const of = (typename: string, id: string) => ({ __typename: typename, id });
const list = [of('Box', '1'), null, of('Ball7', '7'), of('Box', '2'), of('Ball8', '8')];

/** The first subgraph's lists, and an error for each entity that fails. */
const failing = (errorAt: (entity: Representation) => (string | number)[] | undefined) =>
  over({
    a: {
      typeDefs: thing,
      respond: ({ query }) => {
        const box = of('Box', '1');
        const boxes = [null, [null, box], [of('Box', '2'), box]];
        const [, name = ''] = /\{(\w+)/.exec(query) ?? [];
        return { data: { [name]: name === 'boxes' ? boxes : list } };
      },
    },
    b: {
      typeDefs: bad,
      respond: (asked) => {
        const [, field = 'bad', alias = field] = /(\w+):bad\b(?:.*\W(\w+):bad\b)?/.exec(asked.query) ?? [];
        const entityOf = ({ __typename }: Representation) => ({
          __typename,
          bad: null,
          [field]: null,
          [alias]: null,
          name: null,
        });
        return entities(asked, entityOf, errorAt);
      },
    },
  });

describe('an error of an entity has the path of the list that it is in', () => {
  const ball8 = failing(({ __typename }) => (__typename === 'Ball8' ? ['bad'] : undefined));
  const selection = '{... on Box{bad{name}} ... on Ball8{bad{broken}}}';

  test('of a union, where not every element is fetched', async () => {
    expect(paths(await ball8.run(`{union${selection}}`))).toEqual([['union', 4, 'bad']]);
  });

  test('of a mutation', async () => {
    expect(paths(await ball8.run(`mutation{make${selection}}`))).toEqual([['make', 4, 'bad']]);
  });

  test('of a subscription’s event', async () => {
    const result = await ball8.run(`subscription{made${selection}}`, { event: { data: { made: list } } });
    expect(paths(result)).toEqual([['made', 4, 'bad']]);
  });

  test('under the client’s alias', async () => {
    const query = '{all: union{... on Box{wrong: bad{name}} ... on Ball8{wrong: bad{broken}}}}';
    const { run } = failing(({ __typename }) => (__typename === 'Ball8' ? ['wrong'] : undefined));
    expect(paths(await run(query))).toEqual([['all', 4, 'wrong']]);
  });

  test('of lists of lists, at each place', async () => {
    const box1 = failing(({ id }) => (id === '1' ? ['name'] : undefined));
    expect(paths(await box1.run('{boxes{name}}'))).toEqual([
      ['boxes', 1, 1, 'name'],
      ['boxes', 2, 1, 'name'],
    ]);
  });
});

test('an error below a field of one name on several types is found on the type of its object', async () => {
  const { run } = failing(({ __typename }) => (__typename === 'Ball8' ? ['bad', 'list', 3] : undefined));
  const query = '{union{... on Box{bad{name}} ... on Ball8{bad{list}}}}';
  expect(paths(await run(query))).toEqual([['union', 4, 'bad', 'list', 3]]);
});

test.each([
  ['a string', 'bad', undefined],
  ['a string in a list', [['bad']], undefined],
  ['empty', [], undefined],
  ['an object', { 0: 'bad' }, undefined],
  ['`_entities` alone', ['_entities'], undefined],
  ['an unselected field', ['_entities', 1, 'secret'], ['boxes', 2, 0]],
  ['a planner’s alias', ['_entities', 1, 'name__alias_0'], ['boxes', 2, 0, 'name']],
  ['beyond the list', ['_entities', 9, 'name'], undefined],
])('an error path that is %s shows nothing of the subgraph', async (_case, path, expected) => {
  const { run } = over({
    a: {
      typeDefs: thing,
      respond: () => ({ data: { boxes: [null, [null, of('Box', '1')], [of('Box', '2')]] } }),
    },
    b: {
      typeDefs: bad,
      respond: () => ({
        data: { _entities: [{ name: 'x' }, { name: null }] },
        errors: [{ message: 'm', path }],
      }),
    },
  });
  const { data, errors } = await run('{boxes{name}}');
  expect(data).toEqual({ boxes: [null, [null, { name: 'x' }], [{ name: null }]] });
  expect(errors?.map((error) => error.path)).toEqual([expected]);
});

test('interface objects: no error is at a field that only objects of another type have', async () => {
  const graph = (respond: Scripted['respond']) =>
    over({
      a: {
        typeDefs: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID!, title: String }
          type Book implements Media @key(fields: "id") { id: ID!, title: String }
          type Film implements Media @key(fields: "id") { id: ID!, title: String }`,
        respond: () => ({
          data: { media: [of('Book', '1'), of('Film', '2')].map((each) => ({ ...each, title: 't' })) },
        }),
      },
      b: {
        typeDefs: 'type Media @key(fields: "id") @interfaceObject { id: ID!, rating: Int, likes: Int }',
        respond,
      },
    });
  const query = '{media{title likes ... on Book{rating}}}';
  const away = await graph(() => '').run(query);
  expect(away.data).toEqual({
    media: [
      { title: 't', likes: null, rating: null },
      { title: 't', likes: null },
    ],
  });
  expect(paths(away)).toEqual([
    ['media', 0, 'likes'],
    ['media', 0, 'rating'],
    ['media', 1, 'likes'],
  ]);
  const failing = graph((asked) =>
    entities(
      asked,
      () => ({ likes: 7, rating: null }),
      () => ['rating'],
    ),
  );
  expect(paths(await failing.run(query))).toEqual([
    ['media', 0, 'rating'],
    ['media', 1],
  ]);
});

test('interface objects: an error has the place of the object that the interface’s subgraph failed for', async () => {
  const { run } = over({
    a: {
      typeDefs: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! } type Film implements Media @key(fields: "id") { id: ID! }`,
      respond: () => ({ data: { media: [of('Book', '1'), null, of('Film', '2')] } }),
    },
    b: {
      typeDefs: 'type Media @key(fields: "id") @interfaceObject { id: ID!, rating: Int }',
      respond: () => ({
        data: { _entities: [{ rating: 1 }, { rating: null }] },
        errors: [{ message: 'm', path: ['_entities', 1, 'rating'] }],
      }),
    },
  });
  const result = await run('{media{rating}}');
  expect(result.data).toEqual({ media: [{ rating: 1 }, null, { rating: null }] });
  expect(paths(result)).toEqual([['media', 2, 'rating']]);
});
