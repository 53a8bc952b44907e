import { request } from 'node:http';
import { join } from 'node:path';
import { recording } from '@airline/observability/recorded-lines';
import { freePort, startChild } from '@airline/testing';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, test } from 'vitest';
import { AUDIENCE, CLIENT_ID } from './client.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { signInAs } from './sign-in-as.ts';

const TOKEN_SECONDS = 60;

describe('the issuer for trying', () => {
  const { logger } = recording();
  let issuer: Issuer;

  beforeAll(async () => {
    issuer = await startIssuer({ ISSUER_PORT: '0', ISSUER_TOKEN_SECONDS: String(TOKEN_SECONDS) }, logger);
    return () => issuer[Symbol.asyncDispose]();
  });

  const claimsOf = (token: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

  test.each([
    ['kim', 'customer'],
    ['clerk', 'staff'],
    ['operator', 'operator'],
    ['another.customer', 'customer'],
  ])('gives %s a token of the role %s, for the graph', async (name, role) => {
    const token = await signInAs(name, issuer.url);
    const claims = claimsOf(token);
    expect(claims).toMatchObject({ iss: issuer.url, aud: AUDIENCE, sub: name, roles: [role] });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(TOKEN_SECONDS);
  });

  test('lets nobody in by what is no name', async () => {
    for (const name of ['', '<b>', 'a b', 'n'.repeat(41)])
      await expect(signInAs(name, issuer.url)).rejects.toThrow('lets nobody in by this name');
  });

  test('tells a terminal why there is no token', async () => {
    const program = join(import.meta.dirname, 'token.ts');
    const printed = async (name: string, ISSUER_PORT: string) => {
      await using child = startChild(process.execPath, [program, name], {
        env: { ...process.env, ISSUER_PORT },
      });
      return (await child.ended).stderr;
    };
    expect(await printed('a b', new URL(issuer.url).port)).toBe(
      'The issuer lets nobody in by this name (status 422). A name has 1 to 40 letters, digits, dots and hyphens.\n',
    );
    expect(await printed('kim', String(await freePort()))).toMatch(
      /^No token from .*[^.]\. Does npm start -- --login run\?\n$/,
    );
  });

  test('is configured at the router by its variables, and signs with keys of its own', async () => {
    const { JWT_ISSUER, JWT_AUDIENCE, OIDC_CLIENT_ID } = issuer.environment;
    expect([JWT_ISSUER, JWT_AUDIENCE, OIDC_CLIENT_ID]).toEqual([issuer.url, AUDIENCE, CLIENT_ID]);
    await using other = await startIssuer({ ISSUER_PORT: '0' }, logger);
    const keysOf = async ({ url }: Issuer) => (await fetch(`${url}/jwks`)).json();
    expect(await keysOf(issuer)).toMatchObject({ keys: [{ kty: 'EC', alg: 'ES256' }] });
    expect(await keysOf(issuer)).not.toEqual(await keysOf(other));
  });

  test('sends nobody back to another machine, and serves no other name of this one', async () => {
    const asked = (redirect_uri: string) =>
      fetch(
        `${issuer.url}/auth?${new URLSearchParams({ client_id: CLIENT_ID, redirect_uri, response_type: 'code', scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })}`,
        { redirect: 'manual' },
      );
    for (const port of [8088, 1234])
      expect((await asked(`http://127.0.0.1:${port}/sign-in`)).status).toBe(303);
    for (const other of ['https://evil.example/sign-in', 'http://127.0.0.1:8088/other'])
      expect((await asked(other)).status).toBe(400);

    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const { port } = new URL(issuer.url);
    const headers = { host: `evil.example:${port}` };
    request({ port, headers }, (response) => resolve(response.resume().statusCode)).end();
    expect(await promise).toBe(421);
  });

  test('lets pages of this machine alone read its responses', async () => {
    const allowed = async (origin: string) => {
      const response = await fetch(`${issuer.url}/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({
          client_id: CLIENT_ID,
          grant_type: 'refresh_token',
          refresh_token: 'none',
        }),
      });
      return response.headers.get('access-control-allow-origin');
    };
    expect(await allowed('http://127.0.0.1:8088')).toBe('http://127.0.0.1:8088');
    for (const origin of ['http://evil.example', 'http://127.0.0.1.evil.example', 'http://localhostevil:1'])
      expect(await allowed(origin)).toBeNull();
  });

  test('requires PKCE', async () => {
    const server = await oauth.processDiscoveryResponse(
      new URL(issuer.url),
      await oauth.discoveryRequest(new URL(issuer.url), { [oauth.allowInsecureRequests]: true }),
    );
    const asked = new URL(String(server.authorization_endpoint));
    asked.search = `client_id=${CLIENT_ID}&redirect_uri=http://127.0.0.1/sign-in&response_type=code&scope=openid`;
    const { headers } = await fetch(asked, { redirect: 'manual' });
    expect(headers.get('location')).toContain('error=invalid_request');
  });
});
