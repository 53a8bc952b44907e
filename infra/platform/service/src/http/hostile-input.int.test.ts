import { type HostileBody, hostileInputContract, raw } from '@airline/testing/hostile-input';
import { ApolloServer } from '@apollo/server';
import { buildSchema, getVariableValues, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTestServer } from './server.fixture.ts';

const place = 'mutation ($input: PlaceInput!) { place(input: $input) }';
const get = { headers: { 'apollo-require-preflight': 'yes' } };

const bodies: readonly HostileBody[] = [
  [
    'selections 10,000 deep',
    JSON.stringify({ query: `${'{node'.repeat(10_000)}${'}'.repeat(10_000)}` }),
    400,
    'DOCUMENT_LIMIT_EXCEEDED',
    '200 levels',
  ],
  [
    'selections 26 deep',
    JSON.stringify({ query: `{node${'{next'.repeat(24)}{id}${'}'.repeat(25)}` }),
    400,
    'DOCUMENT_LIMIT_EXCEEDED',
    '25 levels',
  ],
  [
    'a literal 100,000 deep',
    JSON.stringify({ query: `{ seats(n: ${'['.repeat(100_000)}` }),
    400,
    'DOCUMENT_LIMIT_EXCEEDED',
    '200 levels',
  ],
  [
    '300 aliases',
    JSON.stringify({ query: `{${Array.from({ length: 300 }, (_, i) => `a${i}:hello `)}}` }),
    400,
    'DOCUMENT_LIMIT_EXCEEDED',
    '200 aliases',
  ],
  [
    '50,000 invalid values',
    JSON.stringify({
      query: place,
      variables: { input: { flightId: 'f', seatQty: 1, seats: Array(50_000).fill('x') } },
    }),
    400,
    'BAD_USER_INPUT',
    'More than 10 values in variables are invalid',
  ],
];

hostileInputContract(startTestServer, bodies);

describe('a hostile or malformed request is refused with its error:', () => {
  test('a mutation by GET', async () => {
    const { server } = await startTestServer();
    const mutation = encodeURIComponent('mutation { place(input: { flightId: "f", seatQty: 1 }) }');
    const response = await fetch(`${server.url}?query=${mutation}`, get);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test('a GET that a foreign page could cause', async () => {
    const { server } = await startTestServer();
    const response = await fetch(`${server.url}?query={hello}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('Cross-Site') }],
    });
    expect((await fetch(`${server.url}?query={hello}`, get)).status).toBe(200);
  });

  test('deep variables by GET', async () => {
    const { server } = await startTestServer();
    const response = await fetch(`${server.url}?query={hello}&variables=${'['.repeat(5_000)}`, get);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('64 levels') }],
    });
  });

  test('an invalid Host', async () => {
    const { server } = await startTestServer({ allowedHosts: ['*'] });
    const host = 'GET /graphql?query={hello} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n';
    const response = await raw(server.port, host);
    expect(response).toMatch(/^HTTP\/1.1 400 /);
    expect(JSON.parse(response.slice(response.indexOf('\r\n\r\n')))).toMatchObject({
      errors: [{ message: expect.any(String) }],
    });
  });

  test('a path that cannot be decoded', async () => {
    const { origin } = await startTestServer();
    const response = await fetch(`${origin}/%zz`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

describe('the guard of variables', () => {
  test('is needed: graphql-js reports every invalid value without a limit, and the gateway sets none', () => {
    const schema = buildSchema('type Query { seats(n: [Int!]): Int }');
    const [operation] = parse('query ($n: [Int!]) { seats(n: $n) }').definitions;
    const definitions =
      operation && 'variableDefinitions' in operation ? (operation.variableDefinitions ?? []) : [];
    const { errors } = getVariableValues(schema, definitions as never, { n: Array(1_000).fill('x') });
    expect(errors).toHaveLength(1_000);
  });

  test('lets a few invalid values through, so that each is reported', async () => {
    const { query } = await startTestServer();
    const { body } = await query(place, { input: { flightId: 'f', seatQty: 1, seats: Array(10).fill('x') } });
    expect(body.errors).toHaveLength(10);
  });
});

describe('Apollo Server by default', () => {
  test('shows stack traces, which apolloOptions turns off', async () => {
    const plain = new ApolloServer({
      typeDefs: 'type Query { a: Int }',
      resolvers: {
        Query: {
          a: () => {
            throw new Error('x');
          },
        },
      },
      nodeEnv: '',
    });
    const { body } = await plain.executeOperation({ query: '{ a }' });
    await plain.stop();
    expect(JSON.stringify(body)).toContain('stacktrace');
  });
});
