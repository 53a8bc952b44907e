import { callerHeader, identityEnv } from '@airline/testing/identity';
import { describe, expect, test } from 'vitest';
import type { Caller } from '../identity/caller.ts';
import { createSignCaller, createVerifyCaller } from '../identity/caller-token.ts';
import { startTestServer } from './server.fixture.ts';

const secret = identityEnv.SUBGRAPH_SECRET;
const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };
const QUERY = '{"query":"{ hello }"}';

async function startGuarded() {
  const callers: Caller[] = [];
  const served = await startTestServer({
    verify: createVerifyCaller('flight', { secret, now: Date.now }),
    context: (_request, _response, caller) => {
      callers.push(caller);
      return {};
    },
  });
  return { ...served, callers };
}

const unauthenticated = { status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } };
const signedBy = (by: string, now = Date.now) =>
  createSignCaller({ secret: by, now })('flight', { caller: kim, kind: 'query', text: QUERY });

describe('a subgraph with a secret', () => {
  test('runs what the router has signed, on behalf of its caller', async () => {
    const { post, callers } = await startGuarded();
    const { body } = await post(QUERY, callerHeader('flight', kim, QUERY));
    expect(body).toEqual({ data: { hello: 'Hello, you' } });
    expect(callers).toEqual([kim]);
  });

  test.each([
    ['no token', {}],
    ['an empty one', { 'x-caller': '' }],
    ['what is none', { 'x-caller': 'kim' }],
    ['a caller without a signature', { 'x-caller': Buffer.from('{"subject":"kim"}').toString('base64url') }],
    ['the token of a client', { authorization: 'Bearer a.b.c' }],
    ['a token for another subgraph', callerHeader('payment', kim, QUERY)],
    ['a token for another body', callerHeader('flight', kim, `${QUERY} `)],
    ['a token for no body', callerHeader('flight', kim, '')],
    ['a token of another secret', { 'x-caller': signedBy('another secret of 32 characters!') }],
    ['a token that has expired', { 'x-caller': signedBy(secret, () => Date.now() - 40_000) }],
    ['two tokens', { 'x-caller': `${signedBy(secret)}, ${signedBy(secret)}` }],
  ])('refuses a request with %s', async (_title, headers) => {
    const { post, callers } = await startGuarded();
    expect(await post(QUERY, headers)).toMatchObject(unauthenticated);
    expect(callers).toEqual([]);
  });

  test.each([
    ['_service', '{"query":"{ _service { sdl } }"}'],
    ['_entities', '{"query":"{ _entities(representations: []) { __typename } }"}'],
    ['introspection', '{"query":"{ __schema { types { name } } }"}'],
    ['a mutation', '{"query":"mutation { place(input: { flightId: 1, seatQty: 1 }) }"}'],
    ['a batch', `[${QUERY}]`],
    ['what is no JSON', '{"query":'],
    ['JSON 100,000 deep', '['.repeat(100_000)],
    ['an empty body', ''],
    ['more than it reads', ' '.repeat(8_000_000)],
  ])('refuses %s without a token before it reads any of it', async (_title, body) => {
    const { post, callers, log } = await startGuarded();
    expect(await post(body)).toMatchObject(unauthenticated);
    expect(callers).toEqual([]);
    expect(log).toEqual([]);
  });

  const search = `?query=${encodeURIComponent('{ hello }')}`;
  test.each([
    ['GET', `/graphql${search}`],
    ['GET', `/%67raphql${search}`],
    ['HEAD', `/graphql${search}`],
    ['PUT', '/graphql'],
    ['OPTIONS', '/graphql'],
    ['GET', '/graphql/'],
    ['POST', '/admin'],
    ['GET', '/health'],
  ])('refuses %s %s, with a token or without', async (method, path) => {
    const { origin } = await startGuarded();
    for (const text of [undefined, '', QUERY, search]) {
      const headers = {
        'apollo-require-preflight': 'yes',
        ...(text !== undefined && callerHeader('flight', kim, text)),
      };
      const { status } = await fetch(`${origin}${path}`, { method, headers });
      if (text === undefined || path.startsWith('/graphql?')) expect(status).toBe(401);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  test('tells its health to anyone', async () => {
    const { origin } = await startGuarded();
    for (const path of ['/health/live', '/health/ready']) {
      expect((await fetch(`${origin}${path}`)).status).toBe(200);
    }
  });
});

test.each([
  ['an empty token', { 'x-caller': '' }],
  ['what is none', { 'x-caller': 'kim' }],
  ["a router's token", callerHeader('flight', kim, QUERY)],
])(
  'a subgraph without a secret refuses a request with %s, as it cannot verify its caller',
  async (_title, headers) => {
    const { post } = await startTestServer();
    expect(await post(QUERY, headers)).toMatchObject({
      status: 401,
      body: {
        errors: [
          {
            message: expect.stringContaining('SUBGRAPH_SECRET'),
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      },
    });
  },
);

test('control: without a secret, each of these has a response', async () => {
  const { post, origin } = await startTestServer();
  expect((await post(QUERY)).status).toBe(200);
  expect(await post('{"query":"{ _service { sdl } }"}')).toMatchObject({
    body: { data: { _service: { sdl: expect.stringContaining('hello') } } },
  });
  const headers = { 'apollo-require-preflight': 'yes' };
  const got = await fetch(`${origin}/graphql?query=${encodeURIComponent('{ hello }')}`, { headers });
  expect(await got.json()).toEqual({ data: { hello: 'Hello, you' } });
});
