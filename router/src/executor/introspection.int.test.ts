import {
  buildClientSchema,
  buildSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  introspectionFromSchema,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { over } from './scripted.fixture.ts';

const typeDefs = `
  scalar Link @specifiedBy(url: "https://example.com/link")
  "What can be asked."
  type Query {
    "A code."
    code(of: Int = 3, old: Int @deprecated(reason: "new")): String
    gone(by: By): Color @deprecated
    self: Query
    many: [Query!]
  }
  input By { id: ID, old: Int = 1 @deprecated }
  enum Color { RED, BLUE @deprecated(reason: "no") }
  type Thing { link: Link }
`;
const printed = (schema: GraphQLSchema) => printSchema(lexicographicSortSchema(schema));
const graph = () =>
  over({
    a: { typeDefs, respond: () => ({ data: { code: 'c', self: { code: 'd', self: {} }, many: [{}, {}] } }) },
  });

const deferDirective =
  'directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT';

describe('introspection', () => {
  test.each([
    ['{code __type(name:"Color"){kind}}', { code: 'c', __type: { kind: 'ENUM' } }],
    ['{__schema{queryType{name}} code}', { __schema: { queryType: { name: 'Query' } }, code: 'c' }],
    [
      '{code ...S} fragment S on Query{__schema{queryType{...N}}} fragment N on __Type{name}',
      { code: 'c', __schema: { queryType: { name: 'Query' } } },
    ],
    [
      '{...{t:__type(name:"Color"){n:name} u:__type(name:"By"){name}}}',
      { t: { n: 'Color' }, u: { name: 'By' } },
    ],
    ['{code __type(name:"Nothing"){name}}', { code: 'c', __type: null }],
    [
      '{__typename t:__typename __type(name:"By"){__typename}}',
      { __typename: 'Query', t: 'Query', __type: { __typename: '__Type' } },
    ],
    ['{constructor:__type(name:"By"){name}}', { constructor: { name: 'By' } }],
    ['{code __schema @include(if:false){queryType{name}}}', { code: 'c' }],
    [
      '{code __schema{queryType{name @skip(if:true) kind}}}',
      { code: 'c', __schema: { queryType: { kind: 'OBJECT' } } },
    ],
  ])('beside other fields: %s', async (query, data) => {
    expect(await graph().run(query)).toEqual({ data });
  });

  test('with variables, of the router’s own names and in conditions', async () => {
    const query = `query($representations:String!,$o:Int,$d:Boolean,$i:Boolean!){
      code(of:$o) __type(name:$representations){name enumValues(includeDeprecated:$d){name} kind @include(if:$i)}
    }`;
    const variables = { representations: 'Color', o: 1, d: true, i: false };
    const { run, asked } = graph();
    expect(await run(query, { variables })).toEqual({
      data: { code: 'c', __type: { name: 'Color', enumValues: [{ name: 'RED' }, { name: 'BLUE' }] } },
    });
    expect(asked.map((request) => request.variables)).toEqual([{ o: 1 }]);
  });

  test.each([
    ['{self{__schema{queryType{name}}}}', { self: { __schema: { queryType: { name: 'Query' } } } }],
    [
      '{self{code ...S self{t:__type(name:"By"){name}}}} fragment S on Query{__type(name:"Color"){kind}}',
      { self: { code: 'd', __type: { kind: 'ENUM' }, self: { t: { name: 'By' } } } },
    ],
    [
      '{many{__type(name:"Color"){...E}}} fragment E on __Type{enumValues(includeDeprecated:true){name}}',
      { many: Array(2).fill({ __type: { enumValues: [{ name: 'RED' }, { name: 'BLUE' }] } }) },
    ],
    [
      '{self{__type(name:"Color"){kind} __type(name:"Color"){name}}}',
      { self: { __type: { kind: 'ENUM', name: 'Color' } } },
    ],
  ])('of an object of the type Query that is no root: %s', async (query, data) => {
    expect(await graph().run(query)).toEqual({ data });
  });

  test.each(['mutation', 'subscription'])('below the root of a %s', async (operation) => {
    const event = { data: { changed: { query: { code: 'c' } } } };
    const { run } = over({
      a: {
        typeDefs: `${typeDefs} type Mutation { changed: Change } type Subscription { changed: Change } type Change { query: Query! }`,
        respond: () => event,
      },
    });
    const query = `${operation}{changed{query{code __type(name:"Color"){kind}}}}`;
    const data = { changed: { query: { code: 'c', __type: { kind: 'ENUM' } } } };
    expect(await run(query, { event })).toEqual({ data });
  });

  test('of a null name is an error at its path', async () => {
    const query = 'query($n:String="By"){code type:__type(name:$n){name}}';
    expect(await graph().run(query)).toMatchObject({ data: { code: 'c', type: { name: 'By' } } });
    const { data, errors } = await graph().run(query, { variables: { n: null } });
    expect(data).toEqual({ code: 'c', type: null });
    expect(errors).toMatchObject([{ path: ['type'], extensions: { code: 'BAD_USER_INPUT' } }]);

    const below = 'query($n:String="By"){many{__type(name:$n){name}}}';
    const response = await graph().run(below, { variables: { n: null } });
    expect(response.data).toEqual({ many: [{ __type: null }, { __type: null }] });
    expect(response.errors?.map(({ path }) => path)).toEqual([
      ['many', 0, '__type'],
      ['many', 1, '__type'],
    ]);
  });

  test('asks no subgraph', async () => {
    const { run, asked } = graph();
    await run('{__schema{queryType{name}}}');
    expect(asked).toEqual([]);
  });

  const options = {
    descriptions: true,
    inputValueDeprecation: true,
    directiveIsRepeatable: true,
    specifiedByUrl: true,
    schemaDescription: true,
    oneOf: true,
  };
  test.each([options, { ...options, descriptions: false }, { ...options, oneOf: false }])(
    'as tools ask for it, with %j',
    async (chosen) => {
      const { data, errors } = await graph().run(getIntrospectionQuery(chosen));
      expect(errors).toBeUndefined();
      // The response's data, as the query above selects it.
      const schema = buildClientSchema(data as unknown as ReturnType<typeof introspectionFromSchema>);
      const expected = buildSchema(`${typeDefs} ${deferDirective}`);
      expect(printed(schema)).toBe(printed(buildClientSchema(introspectionFromSchema(expected, chosen))));
    },
  );

  test('of deprecations, everywhere that they may be', async () => {
    const query = `{__schema{
      types{name isOneOf fields(includeDeprecated:true){name isDeprecated args(includeDeprecated:true){name isDeprecated deprecationReason}}
        enumValues(includeDeprecated:true){name isDeprecated} inputFields(includeDeprecated:true){name isDeprecated}}
      directives{name isRepeatable args(includeDeprecated:true){name isDeprecated}}
    }}`;
    const { data } = await graph().run(query);
    const { types, directives } = (
      data as { __schema: { types: Record<string, unknown>[]; directives: object[] } }
    ).__schema;
    const typeOf = (name: string) => types.find((type) => type.name === name);
    expect(typeOf('By')).toMatchObject({
      isOneOf: false,
      inputFields: [
        { name: 'id', isDeprecated: false },
        { name: 'old', isDeprecated: true },
      ],
    });
    expect(typeOf('Query')).toMatchObject({
      fields: [
        {
          name: 'code',
          args: [{ name: 'of' }, { name: 'old', isDeprecated: true, deprecationReason: 'new' }],
        },
        { name: 'gone', isDeprecated: true },
        { name: 'self' },
        { name: 'many' },
      ],
    });
    expect(typeOf('Color')).toMatchObject({
      enumValues: [{ name: 'RED' }, { name: 'BLUE', isDeprecated: true }],
    });
    expect(directives).toContainEqual(expect.objectContaining({ name: 'include', isRepeatable: false }));
  });
});
