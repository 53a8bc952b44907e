import { freePort } from '@airline/testing';
import { authorizationOf, identityEnv, tokenFor } from '@airline/testing/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type System, startEmbedded } from '../system.ts';

// Whatever transport it comes by, what is no token of the issuer gets nothing: not even what is public.

let system: System;
/** Where nobody is who could verify a token. */
let unverifiable: System;

beforeAll(async () => {
  system = await startEmbedded(identityEnv);
  const { JWT_SECRET: _, ...others } = identityEnv;
  const nowhere = `http://127.0.0.1:${await freePort()}/keys`;
  unverifiable = await startEmbedded({ ...others, ...ISSUER, JWKS_URL: nowhere });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await unverifiable[Symbol.asyncDispose]();
});

const ISSUER = { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'airline' };
const PUBLIC = '{ promotions { name } }';

const valid = () => tokenFor({ subject: 'kim' });
const refused: Readonly<Record<string, () => Promise<string>>> = {
  'a word': async () => 'abc',
  'Bearer and a word': async () => 'Bearer abc',
  'Bearer alone': async () => 'Bearer',
  'another scheme': async () => 'Basic a2ltOmtpbQ==',
  'a token without its scheme': valid,
  'a token under another scheme': async () => `Token ${await valid()}`,
  'two tokens': async () => `Bearer ${await valid()}, Bearer ${await valid()}`,
  'a token cut short': async () => `Bearer ${(await valid()).split('.').slice(0, 2).join('.')}`,
  'a token with another signature': async () => `Bearer ${(await valid()).replace(/.{8}$/, 'AAAAAAAA')}`,
  'a token without a subject': async () => `Bearer ${await tokenFor({ subject: '' })}`,
  'an expired token': async () => `Bearer ${await tokenFor({ subject: 'kim', expiresIn: -3600 })}`,
};

type Send = (url: string, authorization: string) => Promise<number>;

const posted =
  (path: string, accept: string): Send =>
  async (url, authorization) => {
    const headers = { 'content-type': 'application/json', accept, authorization };
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: PUBLIC }),
    });
    await response.body?.cancel();
    return response.status;
  };

/** The HTTP status, or the code that a WebSocket is closed with; 1000 where it serves. */
const transports: Readonly<Record<string, Send>> = {
  POST: posted('', 'application/json'),
  GET: async (url, authorization) => {
    const headers = { accept: 'application/json', 'apollo-require-preflight': 'true', authorization };
    return (await fetch(`${url}?query=${encodeURIComponent(PUBLIC)}`, { headers })).status;
  },
  multipart: posted('', 'multipart/mixed;deferSpec=20220824, application/json'),
  'an event stream': posted('/stream', 'text/event-stream'),
  'a WebSocket, by its message': (url, authorization) => closing(url, { payload: { authorization } }),
  'a WebSocket, by its header': (url, authorization) => closing(url, { headers: { authorization } }),
};

function closing(url: string, { headers = {}, payload = {} }): Promise<number> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { headers });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
  socket.on('message', () => socket.close(1000));
  socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
  socket.on('error', reject).on('close', resolve);
  return promise.finally(() => socket.terminate());
}

const EXPIRED = 4403;

describe.each(Object.entries(transports))('by %s', (name, send) => {
  const isSocket = name.startsWith('a WebSocket');

  test('a valid token serves', async () => {
    const { authorization } = await authorizationOf({ subject: 'kim' });
    expect(await send(system.url, authorization)).toBe(isSocket ? 1000 : 200);
  });

  test.each(Object.entries(refused))('%s is refused', async (what, credentials) => {
    const authorization = await credentials();
    const expected = what === 'an expired token' ? EXPIRED : 4401;
    expect(await send(system.url, authorization)).toBe(isSocket ? expected : 401);
  });

  test('a token is refused as long as nobody can say whether it is valid', async () => {
    const { authorization } = await authorizationOf({ subject: 'kim' });
    // It says to try again.
    expect(await send(unverifiable.url, authorization)).toBe(isSocket ? 1013 : 503);
  });
});
