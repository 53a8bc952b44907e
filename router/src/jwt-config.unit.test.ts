import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { asymmetricAlgorithms } from './pipeline/authorise.ts';

const issuer = 'https://issuer.example/';
const secret = 's'.repeat(32);
const SUBGRAPH_SECRET = 'a secret of router and subgraphs';
const read = (env: Readonly<Record<string, string>>) => () => readConfig({ SUBGRAPH_SECRET, ...env }).jwt;

test('a router with an issuer requires a secret of its subgraphs, an open one does not', () => {
  expect(() => readConfig({ JWT_SECRET: secret })).toThrow('SUBGRAPH_SECRET is not set');
  expect(() => readConfig({ JWT_ISSUER: issuer, JWT_AUDIENCE: 'airline' })).toThrow(
    'SUBGRAPH_SECRET is not set',
  );
  expect(readConfig({}).subgraphSecret).toBeUndefined();
  expect(readConfig({ JWT_SECRET: secret, SUBGRAPH_SECRET }).subgraphSecret).toBe(SUBGRAPH_SECRET);
});

describe('whose tokens are accepted', () => {
  test('nobody says: the system is open', () => {
    expect(read({})()).toBeUndefined();
    expect(read({ JWT_ROLES_CLAIM: 'groups', JWKS_CACHE_SECONDS: '5' })()).toBeUndefined();
  });

  test("those of an issuer's key set", () => {
    expect(read({ JWT_ISSUER: issuer, JWT_AUDIENCE: 'airline' })()).toEqual({
      secret: undefined,
      jwksUrl: undefined,
      issuer,
      audience: 'airline',
      algorithms: asymmetricAlgorithms,
      clockSkewSeconds: 5,
      rolesClaim: 'roles',
      keysCacheSeconds: 300,
    });
  });

  test('as the variables say', () => {
    const env = {
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: 'airline',
      JWKS_URL: 'https://issuer.example/keys',
      JWT_ALGORITHMS: 'RS256, ES256',
      JWT_CLOCK_SKEW_SECONDS: '0',
      JWT_ROLES_CLAIM: 'realm_access.roles',
      JWKS_CACHE_SECONDS: '60',
    };
    expect(read(env)()).toMatchObject({
      jwksUrl: 'https://issuer.example/keys',
      algorithms: ['RS256', 'ES256'],
      clockSkewSeconds: 0,
      rolesClaim: 'realm_access.roles',
      keysCacheSeconds: 60,
    });
  });

  test('those of a secret, by HS256', () => {
    expect(read({ JWT_SECRET: secret })()).toMatchObject({
      secret,
      algorithms: ['HS256'],
      issuer: undefined,
    });
    const bound = { JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: 'airline' };
    expect(read(bound)()).toMatchObject({ secret, issuer, audience: 'airline' });
  });

  test.each([
    [{ JWT_ISSUER: issuer }, 'JWT_AUDIENCE is not set'],
    [{ JWKS_URL: issuer, JWT_AUDIENCE: 'airline' }, 'JWT_ISSUER is not set'],
    [{ JWKS_URL: issuer }, 'JWT_AUDIENCE is not set'],
    [{ JWT_AUDIENCE: 'airline' }, 'JWT_AUDIENCE requires JWT_ISSUER or JWT_SECRET'],
    [{ JWT_SECRET: secret, JWKS_URL: issuer }, 'JWT_SECRET is in place of a key set'],
    [{ JWT_SECRET: secret, JWT_ALGORITHMS: 'RS256' }, 'JWT_ALGORITHMS is for a key set'],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET is invalid; expected at least 32 characters'],
    [{ JWT_ISSUER: 'issuer', JWT_AUDIENCE: 'airline' }, 'JWT_ISSUER is invalid'],
    [{ JWT_ISSUER: issuer, JWT_AUDIENCE: 'a', JWT_ALGORITHMS: 'RS256,none' }, 'JWT_ALGORITHMS has "none"'],
    [{ JWT_ISSUER: issuer, JWT_AUDIENCE: 'a', JWT_ALGORITHMS: 'HS256' }, 'JWT_ALGORITHMS has "HS256"'],
    [{ JWT_ISSUER: issuer, JWT_AUDIENCE: 'a', JWT_CLOCK_SKEW_SECONDS: '301' }, 'JWT_CLOCK_SKEW_SECONDS'],
  ])('is refused by the name of the variable: %j', (env: Readonly<Record<string, string>>, message) => {
    expect(read(env)).toThrow(message);
  });
});

describe('an open router', () => {
  test('listens on loopback alone, unless OPEN=true', () => {
    expect(read({ HOST: '0.0.0.0' })).toThrow(
      'HOST is 0.0.0.0, where anyone who reaches it may do everything',
    );
    expect(read({ HOST: '0.0.0.0', OPEN: 'false' })).toThrow('set JWT_ISSUER and JWT_AUDIENCE');
    expect(read({ HOST: '0.0.0.0', OPEN: 'true' })).not.toThrow();
    expect(read({ HOST: '::1' })).not.toThrow();
  });

  test('is none once there is an issuer', () => {
    const env = { HOST: '0.0.0.0', JWT_ISSUER: issuer, JWT_AUDIENCE: 'airline' };
    expect(read(env)).not.toThrow();
    expect(read({ HOST: '0.0.0.0', JWT_SECRET: secret })).not.toThrow();
  });
});
