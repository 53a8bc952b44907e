import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isCanceled, isRefusal, issuerAt } from './issuer.ts';

const CLIENT = 'airline';
const REDIRECT = 'http://127.0.0.1:8088/sign-in';

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** An issuer that gives these ID claims to whatever code, and records what its token endpoint was sent. */
async function start() {
  const given = { nonce: undefined as string | undefined, hasIdToken: true, status: 200 };
  const sent: URLSearchParams[] = [];
  let url = '';
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/.well-known/')) {
      response.end(
        JSON.stringify({
          issuer: url,
          authorization_endpoint: `${url}/auth`,
          token_endpoint: `${url}/token`,
          end_session_endpoint: `${url}/out`,
          id_token_signing_alg_values_supported: ['ES256'],
        }),
      );
      return;
    }
    sent.push(new URLSearchParams(await text(request)));
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: CLIENT, sub: 'kim', iat: now, exp: now + 60, nonce: given.nonce };
    const token = `${encode({ alg: 'ES256' })}.${encode(claims)}.${encode({})}`;
    response.statusCode = given.status;
    response.end(
      given.status === 200
        ? JSON.stringify({
            access_token: token,
            token_type: 'Bearer',
            expires_in: 60,
            ...(given.hasIdToken && { id_token: token }),
          })
        : '{"error":"invalid_grant"}',
    );
  });
  url = `http://127.0.0.1:${await listen(server)}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const settings = {
    open: false,
    issuer: url,
    clientId: CLIENT,
    scope: 'openid',
    audience: 'graph',
    rolesClaim: 'roles',
  };
  const issuer = issuerAt(url, settings, REDIRECT);
  const returned = (parameters: Record<string, string>) =>
    new URL(`${REDIRECT}?${new URLSearchParams(parameters)}`);
  return { issuer, given, sent, returned };
}

describe('signing in', () => {
  test('asks for a code, and redeems it with what only this browser knows', async () => {
    const { issuer, given, sent, returned } = await start();
    const { url, begun } = await issuer.begin('/playground');
    const challenge = createHash('sha256').update(begun.verifier).digest('base64url');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: CLIENT,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: 'openid',
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      audience: 'graph',
    });
    given.nonce = begun.nonce;
    const tokens = await issuer.complete(returned({ code: 'c', state: begun.state }), begun);
    expect(tokens.who).toEqual({ subject: 'kim', name: 'kim', roles: ['customer'] });
    expect(tokens.expiresAt - tokens.issuedAt).toBe(60_000);
    expect(Object.fromEntries(sent[0] ?? [])).toMatchObject({ code: 'c', code_verifier: begun.verifier });
    const other = await issuer.begin('/');
    for (const secret of ['state', 'nonce', 'verifier'] as const)
      expect(other.begun[secret]).not.toBe(begun[secret]);
  });

  test('takes no response to another request, and redeems no code of it', async () => {
    const { issuer, given, sent, returned } = await start();
    const { begun } = await issuer.begin('/');
    given.nonce = begun.nonce;
    for (const state of ['other', ''])
      await expect(issuer.complete(returned({ code: 'c', state }), begun)).rejects.toThrow();
    await expect(issuer.complete(returned({ code: 'c' }), begun)).rejects.toThrow();
    expect(sent).toEqual([]);
  });

  test('takes no tokens that were issued for another request, or that name nobody', async () => {
    const { issuer, given, returned } = await start();
    const { begun } = await issuer.begin('/');
    const complete = () => issuer.complete(returned({ code: 'c', state: begun.state }), begun);
    for (const nonce of ['other', undefined]) {
      given.nonce = nonce;
      await expect(complete()).rejects.toThrow('nonce');
    }
    given.nonce = begun.nonce;
    given.hasIdToken = false;
    await expect(complete()).rejects.toThrow();
  });

  test('knows a refusal from an issuer that is away, and whoever has changed their mind', async () => {
    const { issuer, given, returned } = await start();
    const { begun } = await issuer.begin('/');
    const canceled = returned({ error: 'access_denied', state: begun.state });
    expect(isCanceled(await issuer.complete(canceled, begun).catch((error: unknown) => error))).toBe(true);
    given.nonce = begun.nonce;
    const tokens = await issuer.complete(returned({ code: 'c', state: begun.state }), begun);
    for (const [status, isForGood] of [
      [400, true],
      [429, false],
      [503, false],
    ] as const) {
      given.status = status;
      const error: unknown = await issuer.renew(tokens, 'refresh').catch((error: unknown) => error);
      expect(isRefusal(error)).toBe(isForGood);
    }
  });

  test('signs out at the issuer without a token in the address', async () => {
    const { issuer } = await start();
    const url = await issuer.signOutUrl('kim');
    expect(url?.pathname).toBe('/out');
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      client_id: CLIENT,
      logout_hint: 'kim',
      post_logout_redirect_uri: REDIRECT,
    });
  });
});
