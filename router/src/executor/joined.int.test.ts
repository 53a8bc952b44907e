import { describe, expect, test } from 'vitest';
import { type Asked, entities, over, paths, type Scripted } from './scripted.fixture.ts';

const of = (id: string) => ({ __typename: 'Flight', id });
const flight = (id: string) => ({ ...of(id), next: of(`${id}0`), same: [of(id), of('9')] });
const a: Scripted = {
  typeDefs: `
    type Query { one: Flight, two: Flight, list: [Flight!]! }
    type Mutation { first: Flight, second: Flight, third: Flight }
    type Flight @key(fields: "id") { id: ID!, next: Flight, same: [Flight!]! }
  `,
  respond: ({ query }) => {
    const names = [...query.matchAll(/(?<=[{ }])(one|two|list|first|second|third)(?=\{)/g)].map(
      ([name]) => name,
    );
    const value = (name: string) => (name === 'list' ? ['1', '1', '2'].map(flight) : flight('1'));
    return { data: Object.fromEntries(names.map((name) => [name, value(name)])) };
  },
};
const b =
  'type Flight @key(fields: "id") { id: ID!, x: String, y: String, need: String! } type Mutation { other: Int }';
const xy = (asked: Asked) => entities(asked, ({ id }) => ({ x: `x${id}`, y: `y${id}`, need: `n${id}` }));
const graph = (respond: Scripted['respond'] = xy) => over({ a, b: { typeDefs: b, respond } });
const toB = (asked: readonly Asked[]) => asked.filter(({ subgraph }) => subgraph === 'b');
const texts = (query: string, pattern: RegExp) => query.match(pattern)?.length ?? 0;

describe('fetches of one step from one subgraph', () => {
  test('are one request, with each text and each representation once', async () => {
    const { run, asked } = graph();
    const { data } = await run('{one{x} two{x} list{x next{y} same{x}}}');
    const same = (id: string) => [{ x: `x${id}` }, { x: 'x9' }];
    const listed = (id: string) => ({ x: `x${id}`, next: { y: `y${id}0` }, same: same(id) });
    expect(data).toEqual({ one: { x: 'x1' }, two: { x: 'x1' }, list: ['1', '1', '2'].map(listed) });
    expect(toB(asked)).toHaveLength(1);
    const [{ query, variables }] = toB(asked) as [Asked];
    expect(texts(query, /_entities/g)).toBe(2);
    expect(Object.values(variables)).toEqual([['1', '2', '9'].map(of), ['10', '20'].map(of)]);
  });

  test('of one text are sent without an alias', async () => {
    const { run, asked } = graph();
    await run('{one{x} two{x} list{x}}');
    expect(toB(asked).map(({ query }) => texts(query, /_0|_1/g))).toEqual([0]);
  });

  test('write into no other place what they return for one', async () => {
    const { run } = over({
      a,
      b: {
        typeDefs: `${b} extend type Flight { seat: Seat } type Seat @key(fields: "no") { no: Int! }`,
        respond: (asked) => entities(asked, () => ({ seat: { __typename: 'Seat', no: 1 } })),
      },
      c: {
        typeDefs: 'type Seat @key(fields: "no") { no: Int!, row(x: Int): Int }',
        respond: (asked) => {
          const [, alias = 'row', x = '0'] = /(\w+):row\(x:(\d)\)/.exec(asked.query) ?? [];
          return entities(asked, () => ({ row: 1, [alias]: Number(x), r1: 1, r2: 2 }));
        },
      },
    });
    const { data, errors } = await run(
      '{one{seat{r1: row(x:1)}} two{seat{r2: row(x:2)}} list{seat{r1: row(x:1)}}}',
    );
    expect(errors).toBeUndefined();
    const [r1, r2] = [{ seat: { r1: 1 } }, { seat: { r2: 2 } }];
    expect(data).toEqual({ one: r1, two: r2, list: [r1, r1, r1] });
  });
});

describe('a joined request without data', () => {
  const isJoined = ({ query }: Asked) => query.includes('_1');
  const failing = (response: object) =>
    graph((asked) =>
      isJoined(asked)
        ? response
        : asked.query.includes('{y}')
          ? { data: null, errors: [{ message: 'No y.', path: ['_entities'] }] }
          : xy(asked),
    );

  test.each([
    ['one part of it failed as a whole', { data: null, errors: [{ message: 'No y.', path: ['_1'] }] }],
    [
      'it is more than a subgraph takes',
      { errors: [{ message: 'Too long.', extensions: { code: 'DOCUMENT_LIMIT_EXCEEDED' } }] },
    ],
  ])('because %s is sent again, part by part', async (_case, response) => {
    const { run, asked } = failing(response);
    const result = await run('{list{x next{y}}}');
    const listed = (id: string) => ({ x: `x${id}`, next: { y: null } });
    expect(result.data).toEqual({ list: ['1', '1', '2'].map(listed) });
    expect(paths(result)).toEqual([0, 1, 2].map((i) => ['list', i, 'next', 'y']));
    expect(toB(asked).map(isJoined)).toEqual([true, false, false]);
  });

  test('because nobody responds is not sent again', async () => {
    const { run, asked } = graph(() => '');
    const result = await run('{one{x} two{next{y}}}');
    expect(result.data).toEqual({ one: { x: null }, two: { next: { y: null } } });
    expect(paths(result)).toEqual([
      ['one', 'x'],
      ['two', 'next', 'y'],
    ]);
    expect(toB(asked)).toHaveLength(1);
  });
});

test('an error of one part leaves the others as they are', async () => {
  const { run } = graph((asked) =>
    entities(
      asked,
      ({ id }) => ({ x: `x${id}`, y: null }),
      ({ id }) => (id === '10' ? ['y'] : undefined),
    ),
  );
  const result = await run('{one{x next{y}}}');
  expect(result.data).toEqual({ one: { x: 'x1', next: { y: null } } });
  expect(paths(result)).toEqual([['one', 'next', 'y']]);
});

test('an error in the place of all entities of one part is theirs', async () => {
  const { run } = graph((asked) => ({
    data: { ...xy(asked).data, _0: null },
    errors: [{ message: 'No x.', path: ['_0'], extensions: { code: 'NOT_FOUND' } }],
  }));
  const result = await run('{list{x next{y}}}');
  const listed = (id: string) => ({ x: null, next: { y: `y${id}0` } });
  expect(result.data).toEqual({ list: ['1', '1', '2'].map(listed) });
  const told = result.errors?.map(({ message, path, extensions: { code } }) => [message, path, code]);
  expect(told).toEqual([0, 1, 2].map((i) => ['No x.', ['list', i, 'x'], 'NOT_FOUND']));
});

describe('mutations', () => {
  test('are sent once each, in order, with what each needs before the next', async () => {
    const { run, asked } = over({
      a,
      b: {
        typeDefs: b,
        respond: (request) => (request.query.startsWith('mutation') ? { data: { other: 1 } } : xy(request)),
      },
    });
    const { data } = await run('mutation{first{id x} other second{x} third{id}}');
    expect(data).toEqual({ first: { id: '1', x: 'x1' }, other: 1, second: { x: 'x1' }, third: { id: '1' } });
    const names = asked.flatMap(({ query }) => query.match(/(first|second|third|other|_entities)\b/g) ?? []);
    expect(names.filter((name) => name !== '_entities')).toEqual(['first', 'other', 'second', 'third']);
    expect(names.indexOf('other')).toBeGreaterThan(names.indexOf('first'));
  });

  test('that fail are not sent again, and the next is sent', async () => {
    const { run, asked } = over({
      a: { ...a, respond: () => ({ data: null, errors: [{ message: 'No.' }] }) },
      b: { typeDefs: b, respond: () => ({ data: { other: 1 } }) },
    });
    const result = await run('mutation{first{id} other}');
    expect(result.data).toEqual({ first: null, other: 1 });
    expect(paths(result)).toEqual([['first']]);
    expect(asked).toHaveLength(2);
  });
});

describe('when the client has left', () => {
  test.each([
    ['a query begins no further step', '{one{x}}', ['a']],
    ['a mutation runs to its end', 'mutation{first{id x} other}', ['a', 'b', 'b']],
  ])('%s', async (_case, query, expected) => {
    const leaving = new AbortController();
    const { respond, asked } = over({
      a: {
        ...a,
        respond: async (request) => {
          await Promise.resolve();
          leaving.abort();
          return a.respond?.(request);
        },
      },
      b: {
        typeDefs: b,
        respond: (request) => (request.query.startsWith('mutation') ? { data: { other: 1 } } : xy(request)),
      },
    });
    await respond(query, { signal: leaving.signal });
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(expected);
  });
});
