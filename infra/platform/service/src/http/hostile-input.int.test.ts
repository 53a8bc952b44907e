import { connect } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { buildSchema, getVariableValues, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTestServer } from './server.fixture.ts';

/** Sends bytes as they are on a connection of their own; returns all that comes until the server closes it. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let response = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      response += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(response));
  });
}

const place = 'mutation ($input: PlaceInput!) { place(input: $input) }';
const get = { headers: { 'apollo-require-preflight': 'yes' } };

describe('a hostile or malformed request is refused with its error, and the server continues to serve:', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string, string]>([
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
    ['JSON 100,000 deep', '['.repeat(100_000), 400, 'BAD_REQUEST', '64 levels'],
    [
      'variables 40,000 deep',
      `{"query":"{hello}","variables":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_001)}`,
      400,
      'BAD_REQUEST',
      '64 levels',
    ],
    [
      'an object of 20,000 fields',
      JSON.stringify({
        query: place,
        variables: { input: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 1])) },
      }),
      400,
      'BAD_REQUEST',
      '200 fields',
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
    [
      'a body of 1 MB',
      JSON.stringify({ query: `{hello}${' '.repeat(1_000_000)}` }),
      413,
      'PAYLOAD_TOO_LARGE',
      '262144 bytes',
    ],
    ['null', 'null', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['a number', '7', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['a string', '"{hello}"', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['an empty object', '{}', 400, 'BAD_REQUEST', 'must be a JSON object'],
    ['a batch', '[{"query":"{hello}"},{"query":"{hello}"}]', 400, 'BAD_REQUEST', 'one operation per request'],
    ['an empty body', '', 400, 'BAD_REQUEST', 'is empty'],
    ['malformed JSON', '{"query":', 400, 'BAD_REQUEST', 'not valid JSON'],
    [
      'a polluted prototype',
      '{"query":"{hello}","variables":{"__proto__":{"a":1}}}',
      400,
      'BAD_REQUEST',
      'forbidden key',
    ],
    [
      'invalid UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
      400,
      'BAD_REQUEST',
      'not valid UTF-8',
    ],
    ['a query that is no text', '{"query":{}}', 400, 'BAD_REQUEST', 'must be strings'],
    ['no query', '{"variables":{}}', 400, 'BAD_REQUEST', 'non-empty `query`'],
    ['variables that are a list', '{"query":"{hello}","variables":[]}', 400, 'BAD_REQUEST', 'variables'],
  ])('%s', async (_case, sent, status, code, words) => {
    const { post, query, log } = await startTestServer();
    const response = await post(sent);
    expect(response.status).toBe(status);
    expect(response.body.errors).toHaveLength(1);
    expect(response.body.errors[0]).toMatchObject({
      message: expect.stringContaining(words),
      extensions: { code },
    });
    expect(log).toEqual([]);
    expect((await query('{ hello }')).body).toEqual({ data: { hello: 'Hello, you' } });
  });

  test.each([
    'text/plain',
    'application/graphql',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'nonsense',
  ])('content-type %s', async (type) => {
    const { post } = await startTestServer();
    const { status, body } = await post('{"query":"{hello}"}', { 'content-type': type });
    expect(status).toBe(415);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('application/json'),
      extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
  });

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

  test.each([
    ['PUT', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
    ['OPTIONS', '/graphql', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/', 404, 'NOT_FOUND'],
    ['POST', '/admin', 404, 'NOT_FOUND'],
    ['GET', '/%zz', 400, 'BAD_REQUEST'],
  ])('%s %s', async (method, path, status, code) => {
    const { origin } = await startTestServer();
    const response = await fetch(origin + path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test.each([
    ['what is no HTTP', 'NONSENSE\r\n\r\n', '400'],
    ['a header of 40 kB', `GET /graphql HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, '431'],
    [
      'an invalid Host',
      'GET /graphql?query={hello} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
      '400',
    ],
    [
      'a chunked body of 1 MB',
      `POST /graphql HTTP/1.1\r\nHost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n100000\r\n${'a'.repeat(0x100000)}\r\n0\r\n\r\n`,
      '413',
    ],
  ])('%s', async (_case, text, status) => {
    const { server, query } = await startTestServer();
    const response = await raw(server.port, text);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(response.slice(response.indexOf('\r\n\r\n')))).toMatchObject({
      errors: [{ message: expect.any(String) }],
    });
    expect((await query('{ hello }')).status).toBe(200);
  });

  test('and hundreds of them at once', async () => {
    const { post, query } = await startTestServer();
    const bodies = [
      '['.repeat(100_000),
      'null',
      `{"query":"${'{node'.repeat(10_000)}"}`,
      '{"query":"{ broken }"}',
    ];
    const responses = await Promise.all(
      Array.from({ length: 400 }, (_, i) => post(bodies[i % bodies.length] ?? '')),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([400, 200]));
    expect((await query('{ hello }')).body).toEqual({ data: { hello: 'Hello, you' } });
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
