import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { signInOf } from './sign-in.ts';

const issuer = 'https://issuer.example/';
const of = (env: Record<string, string>) => signInOf(readConfig({ SUBGRAPH_SECRET: 's'.repeat(32), ...env }));

test('without any key nobody has to sign in', () => {
  expect(of({})).toEqual({
    open: true,
    issuer: null,
    clientId: 'airline',
    scope: 'openid profile offline_access',
    audience: null,
    rolesClaim: 'roles',
  });
});

test('people sign in at the issuer whose keys verify the tokens', () => {
  const env = { JWT_ISSUER: issuer, JWT_AUDIENCE: 'airline', OIDC_CLIENT_ID: 'pages', OIDC_SCOPE: 'openid' };
  const signIn = { open: false, issuer, clientId: 'pages', scope: 'openid', audience: 'airline' };
  expect(of(env)).toMatchObject(signIn);
});

test('no page can ask for tokens that a shared secret signs', () => {
  const env = { JWT_SECRET: 's'.repeat(32), JWT_ISSUER: issuer, JWT_AUDIENCE: 'airline' };
  expect(of(env)).toMatchObject({ open: false, issuer: null });
});
