import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startFront } from './http.fixture.ts';

const graphqlType = 'application/graphql-response+json';

describe('the status of a response', () => {
  test.each([
    ['data', '{ hello }', 200, 200],
    ['data with errors', '{ refused }', 200, 200],
    ['a syntax error', '{', 200, 400],
    ['a validation error', '{ nothing }', 200, 400],
    ['a wrong variable', 'query ($id: ID!) { hello }', 200, 400],
  ])('for %s depends on its media type', async (_case, text, legacy, current) => {
    const { query } = await startFront();
    const old = await query(text, { accept: 'application/json' });
    expect(old.status).toBe(legacy);
    expect(old.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const next = await query(text, { accept: graphqlType });
    expect(next.status).toBe(current);
    expect(next.headers.get('content-type')).toBe(`${graphqlType}; charset=utf-8`);
    expect(next.body).toEqual(old.body);
  });

  test.each([
    ['INTERNAL_SERVER_ERROR', 500, 500],
    ['BAD_USER_INPUT', 200, 400],
  ])('for a result without data that has the code %s', async (code, legacy, current) => {
    const { pipeline } = await startFront();
    const body = { errors: [{ message: 'No.', extensions: { code } }] };
    const { query } = await startFront({
      pipeline: { prepare: pipeline.prepare, execute: async () => body },
    });
    expect(await query('{ hello }', { accept: 'application/json' })).toMatchObject({ status: legacy, body });
    expect(await query('{ hello }', { accept: graphqlType })).toMatchObject({ status: current, body });
  });

  test('for data that is null since the router failed for a field is 200', async () => {
    const { pipeline } = await startFront();
    const errors = [{ message: 'No.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }];
    const { query } = await startFront({
      pipeline: { prepare: pipeline.prepare, execute: async () => ({ data: null, errors }) },
    });
    expect((await query('{ hello }', { accept: graphqlType })).status).toBe(200);
  });

  test('is 406 where the client accepts none of the media types, before anything is executed', async () => {
    const { query, placed } = await startFront();
    for (const accept of ['text/html', 'application/json;q=0', 'text/event-stream', 'multipart/mixed']) {
      const { status, body } = await query('mutation { place(id: 1) }', { accept });
      expect(status).toBe(406);
      expect(body.errors[0]?.extensions.code).toBe('NOT_ACCEPTABLE');
    }
    expect(placed()).toBe(0);
  });
});

describe('GET', () => {
  test('serves queries, with their variables', async () => {
    const { get } = await startFront();
    const variables = JSON.stringify({ n: 'Ada' });
    const { status, body } = await get({
      query: 'query Q($n: String) { hello(name: $n) }',
      variables,
      operationName: 'Q',
    });
    expect({ status, body }).toEqual({ status: 200, body: { data: { hello: 'Hello, Ada' } } });
  });

  test.each(['application/json', graphqlType])('refuses mutations, also to clients of %s', async (accept) => {
    const { get, placed } = await startFront();
    const { status, headers, body } = await get({ query: 'mutation { place(id: 1) }' }, { accept });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST');
    expect(body.errors[0]?.extensions.code).toBe('METHOD_NOT_ALLOWED');
    expect(placed()).toBe(0);
  });

  test.each([
    ['variables that are no JSON', { query: '{hello}', variables: '{' }, 'not valid JSON'],
    ['variables that are a list', { query: '{hello}', variables: '[]' }, '"variables"'],
    ['no query', { operationName: 'Q' }, 'non-empty "query"'],
    ['deep variables', { query: '{hello}', variables: '['.repeat(5_000) }, '64 levels'],
  ])('refuses %s', async (_case, parameters, words) => {
    const { get } = await startFront();
    const { status, body } = await get(parameters);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining(words),
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  test('refuses a parameter that comes twice', async () => {
    const { send } = await startFront();
    const headers = { 'apollo-require-preflight': 'yes' };
    const { status, body } = await send('/graphql?query={hello}&query={held}', { headers });
    expect(status).toBe(400);
    expect(body.errors[0]?.message).toContain('"query" is in the URL more than once');
  });

  test.each([
    [{}, 400],
    [{ 'content-type': 'text/plain' }, 400],
    [{ 'content-type': 'Multipart/Form-Data; boundary=x' }, 400],
    [{ 'apollo-require-preflight': '' }, 400],
    [{ 'content-type': 'application/json' }, 200],
    [{ 'apollo-require-preflight': 'yes' }, 200],
    [{ 'x-apollo-operation-name': 'Q', 'content-type': 'text/plain' }, 200],
  ])('that a foreign page could cause is refused: %j gets %d', async (headers, status) => {
    const { send } = await startFront();
    const response = await send('/graphql?query={hello}', { headers });
    expect(response.status).toBe(status);
    if (status === 400) expect(response.body.errors[0]?.message).toContain('Cross-Site');
  });
});

describe('a subscription', () => {
  test('requested as a single response is refused with how to subscribe', async () => {
    const { query } = await startFront();
    const { status, body } = await query('subscription { placed }');
    expect(status).toBe(406);
    for (const way of ['graphql-transport-ws', '/graphql/stream', 'multipart/mixed;subscriptionSpec=1.0'])
      expect(body.errors[0]?.message).toContain(way);
    expect(body.errors[0]?.extensions.code).toBe('NOT_ACCEPTABLE');
  });

  test('is handed to the transport that streams it, with the headers of every response', async () => {
    const { query } = await startFront({
      corsOrigins: ['*'],
      stream: ({ type }, { request, response }) => {
        if (request.headers.accept !== 'multipart/mixed') return false;
        response.end(JSON.stringify({ data: { type } }));
        return true;
      },
    });
    const headers = { accept: 'multipart/mixed', origin: 'http://page', 'x-request-id': 'r1' };
    const streamed = await query('subscription { placed }', headers);
    expect(streamed.body).toEqual({ data: { type: 'subscription' } });
    expect(streamed.headers.get('x-request-id')).toBe('r1');
    expect(streamed.headers.get('access-control-allow-origin')).toBe('http://page');
    const refused = await query('subscription { nothing }', { accept: 'multipart/mixed' });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await query('subscription { placed }', { accept: 'text/event-stream' })).status).toBe(406);
  });
});

describe('a persisted query', () => {
  const hashed = (text: string) => ({
    persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') },
  });

  test('is asked for once, and then served by its hash, also to GET', async () => {
    const { post, get } = await startFront();
    const extensions = hashed('{ hello }');
    const unknown = await post(JSON.stringify({ extensions }), { accept: graphqlType });
    expect(unknown.status).toBe(200);
    expect(unknown.body).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    const response = { data: { hello: 'Hello, you' } };
    expect((await post(JSON.stringify({ query: '{ hello }', extensions }))).body).toEqual(response);
    expect((await post(JSON.stringify({ extensions }))).body).toEqual(response);
    expect((await get({ extensions: JSON.stringify(extensions) })).body).toEqual(response);
  });

  test('that is not valid is not kept', async () => {
    const { post } = await startFront();
    const extensions = hashed('{ nothing }');
    await post(JSON.stringify({ query: '{ nothing }', extensions }));
    const again = await post(JSON.stringify({ extensions }));
    expect(again.body.errors[0]?.message).toBe('PersistedQueryNotFound');
  });
});

describe('caching', () => {
  const isPublic = 'public, max-age=60';

  test('is off by default', async () => {
    const { get, query } = await startFront();
    expect((await get({ query: '{ hello }' })).headers.get('cache-control')).toBe('no-store');
    expect((await query('{ hello }')).headers.get('cache-control')).toBe('no-store');
  });

  test('is for GET, without credentials and errors, only', async () => {
    const { get, query } = await startFront({ cacheSeconds: 60, corsOrigins: ['http://page'] });
    const { headers } = await get({ query: '{ hello }' });
    expect(headers.get('cache-control')).toBe(isPublic);
    expect(headers.get('vary')).toBe('Origin, Accept, Authorization');
    const others = await Promise.all([
      get({ query: '{ hello }' }, { authorization: 'Bearer t' }),
      get({ query: '{ hello }' }, { cookie: 'a=b' }),
      get({ query: '{ refused }' }),
      get({ query: '{ nothing }' }),
      get({ extensions: `{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}` }),
      query('{ hello }'),
    ]);
    expect(others.map((response) => response.headers.get('cache-control'))).toEqual(
      others.map(() => 'no-store'),
    );
  });
});

describe('pages of other origins', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin: 'http://page',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    },
  };

  test('are not let in unless their origin is allowed', async () => {
    const without = await startFront();
    expect((await without.send('/graphql', preflight)).status).toBe(403);
    const other = await startFront({ corsOrigins: ['http://other'] });
    const { status, headers } = await other.send('/graphql', preflight);
    expect(status).toBe(403);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('may send a preflight, and read responses and refusals', async () => {
    const { send, query } = await startFront({ corsOrigins: ['http://page'] });
    const { status, headers } = await send('/graphql', preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(headers.get('access-control-allow-headers')).toBe('content-type,authorization');
    for (const text of ['{ hello }', '{']) {
      const response = await query(text, { origin: 'http://page' });
      expect(response.headers.get('access-control-allow-origin')).toBe('http://page');
      expect(response.headers.get('vary')).toBe('Origin');
    }
  });
});
