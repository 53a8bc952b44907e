import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';
import { client } from '../pipeline/pipeline.fixture.ts';
import { isRefused } from '../refusal.ts';
import { forGateway } from '../supergraph/gateway-features.ts';
import { over, pipelineOver } from './scripted.fixture.ts';

const flight = (id: string) => ({ id, b: Number(id) });
const flights: Subgraphs = {
  a: {
    typeDefs: `
      type Query { flight(id: ID!): Flight, flights: [Flight!]! }
      type Subscription { moved: Flight! }
      type Flight @key(fields: "id") { id: ID!, b: Int }
    `,
    resolvers: {
      Query: {
        flight: (_: unknown, { id }: { id: string }) => flight(id),
        flights: () => ['1', '2'].map(flight),
      },
      Subscription: { moved: () => flight('1') },
    },
  },
  b: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        b: Int @external
        rb: Int @requires(fields: "b")
        rs(times: Int = 1): Int @requires(fields: "b")
        own: String
        need: String!
      }
    `,
    resolvers: {
      Flight: {
        rb: ({ b }: { b: number }) => b * 10,
        rs: ({ b }: { b: number }, { times }: { times: number }) => b * times,
        own: ({ id }: { id: string }) => `own ${id}`,
        need: ({ id }: { id: string }) => `need ${id}`,
      },
    },
  },
};

describe('a condition on a field with a requirement leaves others as they are', () => {
  test.each([
    ['{flight(id:1){own rb @include(if:false)}}', { flight: { own: 'own 1' } }],
    ['{flight(id:1){need rb @skip(if:true)}}', { flight: { need: 'need 1' } }],
    ['{flight(id:1){own ... @include(if:false){rb}}}', { flight: { own: 'own 1' } }],
    ['{flight(id:1){own ...R @skip(if:true)}} fragment R on Flight{rb}', { flight: { own: 'own 1' } }],
    ['{flights{own rb @include(if:false)}}', { flights: [{ own: 'own 1' }, { own: 'own 2' }] }],
    ['subscription{moved{own rb @include(if:false)}}', { moved: { own: 'own 1' } }],
    ['{flight(id:1){own rs(times:3) @include(if:false)}}', { flight: { own: 'own 1' } }],
    ['{flight(id:1){own rb @include(if:true) @skip(if:true)}}', { flight: { own: 'own 1' } }],
    ['{flight(id:1){own rb @include(if:false) rb}}', { flight: { own: 'own 1', rb: 10 } }],
    ['{flight(id:1){rb @include(if:false)}}', { flight: {} }],
    ['{flight(id:1) @include(if:false){rb}}', {}],
  ])('%s', async (query, data) => {
    expect(await run(flights, query)).toMatchObject({ data, errors: [] });
  });

  const query = `query($x:Boolean!,$y:Boolean=false,$n:Int){
    flights{own rb @include(if:$x) rs(times:$n) @skip(if:$y)}
  }`;
  test.each([
    [{ x: false }, { rs: 1 }],
    [{ x: true, y: true }, { rb: 10 }],
    [{ x: false, y: true }, {}],
    [
      { x: true, y: false, n: 7 },
      { rb: 10, rs: 7 },
    ],
  ])('%j', async (variables, fields) => {
    const { data, errors } = await run(flights, query, { variables });
    expect(errors).toEqual([]);
    const [first] = (data as { flights: object[] }).flights;
    expect(first).toEqual({ own: 'own 1', ...fields });
  });
});

const accounts = over({
  a: {
    typeDefs: `
      type Query { accounts: [Account!]! }
      union Account = User | Admin
      type User @key(fields: "id") { id: ID! }
      type Admin @key(fields: "id") { id: ID }
    `,
    respond: ({ query }) => {
      const [, alias = 'id'] = /(\w+):id/.exec(query) ?? [];
      return {
        data: {
          accounts: [
            { __typename: 'User', id: 'u' },
            { __typename: 'Admin', [alias]: 'a' },
          ],
        },
      };
    },
  },
  b: {
    typeDefs: `
      type User @key(fields: "id") { id: ID, name: String }
      type Admin @key(fields: "id") { id: ID, name: String }
    `,
  },
});

test('fields that do not merge and are under a condition are asked for in one text without it', async () => {
  const query = 'query($t:Boolean!){accounts{... on User{id} ... @include(if:$t){... on Admin{id}}}}';
  const { data } = await accounts.run(query, { variables: { t: true } });
  expect(data).toEqual({ accounts: [{ id: 'u' }, { id: 'a' }] });
  expect(accounts.asked[0]?.query).toMatch(/__alias_\d:id/);
  expect(accounts.asked[0]?.query).not.toContain('@include');
});

test.each([
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
  'BAD_REQUEST',
  'DOCUMENT_LIMIT_EXCEEDED',
  'METHOD_NOT_ALLOWED',
])('a subgraph that refuses a text with %s is not the client’s fault', async (code) => {
  const { run } = over({
    a: {
      typeDefs: 'type Query { a: Int }',
      respond: () => ({ errors: [{ message: 'No.', extensions: { code } }] }),
    },
  });
  const { data, errors } = await run('{a}');
  expect(data).toEqual({ a: null });
  expect(errors).toMatchObject([{ path: ['a'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
});

/** This project's own graph; no subgraph may be asked for anything. */
async function prepareOwn(query: string, variables: Record<string, unknown>) {
  const file = new URL('../../../schema/supergraph.graphql', import.meta.url);
  const sdl = forGateway(readFileSync(file, 'utf8'));
  const { pipeline } = pipelineOver(sdl, {});
  return await pipeline.prepare({ query, variables }, client);
}

test.each(['payment @include(if:$v){status}', '... @skip(if:$v){payment{status}}', '...F @include(if:$v)'])(
  'a null where %s is decided is refused before a mutation begins',
  async (selection) => {
    const query = `mutation($v:Boolean=true,$id:ID!){
    cancelReservation(input:{id:$id}){reservation{id ${selection} ...F}}
  } fragment F on Reservation{id}`;
    const refused = await prepareOwn(query, { v: null, id: 'r' });
    if (!isRefused(refused)) throw new Error('It was not refused.');
    expect(refused.status).toBe(400);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'v' } }]);
  },
);
