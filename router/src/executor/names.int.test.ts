import { describe, expect, test } from 'vitest';
import { entities, over } from './scripted.fixture.ts';

const meta = { client_id: 'oauth', id: 9, code: [{ id: 1, client_code: 2 }], __typename: 'T' };

test.each([
  '{thing{id: code meta}}',
  '{thing{meta id: code}}',
  '{thing{meta: code id: meta}}',
  '{thing{code: id id: code meta}}',
])('an alias alters no key inside a JSON scalar: %s', async (query) => {
  const { run } = over({
    a: {
      typeDefs:
        'scalar JSON type Query { thing: Thing } type Thing @key(fields: "id code") { id: ID!, code: String, meta: JSON }',
      respond: ({ query: text }) => {
        const values: Record<string, unknown> = { id: 'i', code: 'c', meta };
        const [, inner = ''] = /thing\{(.*)\}\}/.exec(text) ?? [];
        const fields = inner.split(' ').flatMap((part) => {
          const [alias = '', name = alias] = part.split(':');
          return alias ? [[alias, values[name]]] : [];
        });
        return { data: { thing: Object.fromEntries(fields) } };
      },
    },
  });
  const { data, errors } = await run(query);
  expect(errors).toBeUndefined();
  const pairs = [...query.matchAll(/(\w+)(?:: (\w+))?(?=[ }])/g)].map(([, alias = '', name = alias]) => [
    alias,
    { id: 'i', code: 'c', meta }[name],
  ]);
  expect(data).toEqual({ thing: Object.fromEntries(pairs) });
});

const objectNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

describe('names that every JavaScript object has', () => {
  const fields = objectNames.slice(1);
  const graph = over({
    a: {
      typeDefs: `type Query { thing: Thing, things: [Thing] }
        type Thing @key(fields: "constructor") { constructor: ID!, ${fields.slice(1).map((name) => `${name}: String`)} }`,
      respond: ({ query }) => {
        const [, inner = ''] = /things?\{(.*)\}\}/.exec(query) ?? [];
        const thing = inner.split(/[ ,]/).flatMap((part) => {
          const [alias = '', name = alias] = part.split(':');
          return alias ? [`"${alias}":"${name === '__typename' ? 'Thing' : `v ${name}`}"`] : [];
        });
        return `{"data":{"thing":{${thing}},"things":[{${thing}},{${thing}}]}}`;
      },
    },
    b: {
      typeDefs: 'type Thing @key(fields: "constructor") { constructor: ID!, other: String }',
      respond: (asked) => entities(asked, () => ({ other: 'o' })),
    },
  });

  test.each(objectNames)('%s as an alias', async (alias) => {
    const text = await graph.respond(`{thing{${alias}: valueOf other}}`);
    expect(text).toBe(`{"data":{"thing":{"${alias}":"v valueOf","other":"o"}}}`);
  });

  test.each(objectNames)('%s as an alias at the root', async (alias) => {
    expect(await graph.respond(`{${alias}: __typename}`)).toBe(`{"data":{"${alias}":"Query"}}`);
  });

  test.each(fields)('%s as a field, in a list', async (name) => {
    const text = await graph.respond(`{things{${name} other}}`);
    const thing = `{"${name}":"v ${name}","other":"o"}`;
    expect(text).toBe(`{"data":{"things":[${thing},${thing}]}}`);
  });

  test('as a key that is not selected', async () => {
    const text = await graph.respond('{thing{other}}');
    expect(text).toBe('{"data":{"thing":{"other":"o"}}}');
    expect(graph.asked.at(-1)?.variables).toEqual({
      representations: [{ __typename: 'Thing', constructor: 'v constructor' }],
    });
  });
});

describe('a client’s variable of the name of one of the router’s', () => {
  const graph = () =>
    over({
      a: {
        typeDefs:
          'type Query { flights: [Flight!]! } type Subscription { moved(x: Int): Flight } type Flight @key(fields: "id") { id: ID!, a(x: Int): Int }',
        respond: ({ variables }) => ({
          data: { flights: [{ __typename: 'Flight', id: '1', a: variables.client_representations ?? 0 }] },
        }),
      },
      b: {
        typeDefs:
          'type Flight @key(fields: "id") { id: ID!, b(x: Int): Int, c(x: Int): [Seat!] } type Seat { d(x: Int): Int }',
        respond: (asked) => {
          const [, given = null] =
            Object.entries(asked.variables).find(([name]) => name.startsWith('client_')) ?? [];
          return entities(asked, () => ({ b: given, c: [{ d: given }] }));
        },
      },
    });

  test.each(['representations', 'representations_0', 'client_representations'])('$%s', async (name) => {
    const query = `query($${name}:Int){flights{b(x:$${name}) c{d(x:$${name})}}}`;
    const { run, asked } = graph();
    const result = await run(query, { variables: { [name]: 7 } });
    expect(result.errors).toBeUndefined();
    const representations = [{ __typename: 'Flight', id: '1' }];
    expect(asked[1]?.variables).toEqual({ representations, [`client_${name}`]: 7 });
    expect(result.data).toEqual({ flights: [{ b: 7, c: [{ d: 7 }] }] });
    const refused = await graph().respond(query, { variables: { [name]: 'seven' } });
    expect(refused).toContain(`"field":"${name}"`);
  });

  test('in a condition', async () => {
    const query =
      'query($representations:Boolean!){flights{b @include(if:$representations) c @skip(if:$representations){d}}}';
    const one = await graph().run(query, { variables: { representations: false } });
    expect(one.data).toEqual({ flights: [{ c: [{ d: null }] }] });
    const { run, asked } = graph();
    await run(query, { variables: { representations: true } });
    expect(asked[1]?.query).not.toContain('d');
  });

  test('with a default, and left out', async () => {
    const { run, asked } = graph();
    await run('query($representations:Int=3){flights{b(x:$representations)}}');
    expect(asked[1]?.query).toContain('$client_representations:Int=3');
    expect(asked[1]?.variables).toEqual({ representations: [{ __typename: 'Flight', id: '1' }] });
  });

  test('in a subscription’s events', async () => {
    const { run } = graph();
    const event = { data: { moved: { __typename: 'Flight', id: '1' } } };
    const query = 'subscription($representations:Int){moved(x:$representations){b(x:$representations)}}';
    expect(await run(query, { event, variables: { representations: 5 } })).toEqual({
      data: { moved: { b: 5 } },
    });
  });
});
