import { anonymous, everyone } from '@airline/service/server';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { authorityOf } from '../request.ts';
import { createAuthorise } from './authorise.ts';
import { startIssuer } from './issuer.fixture.ts';
import { authorizationOf, SECRET } from './tokens.fixture.ts';

const NOW = Date.UTC(2030, 0, 1);

/** An authoriser whose clock stands until it is put forward. */
function authoriser(env: Readonly<Record<string, string>> = { JWT_SECRET: SECRET }) {
  let now = NOW;
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  return {
    authorise: createAuthorise({
      trusted: readConfig({ SUBGRAPH_SECRET: SECRET, ...env }).jwt,
      now: () => now,
      failed,
    }),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

const refused = { status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

describe('an open system', () => {
  test.each([undefined, '', 'Basic YTpi', 'Bearer abc', 'Bearer a.b.c'])(
    'takes everybody for everyone, whatever they send: %s',
    async (authorization) => {
      const { authorise } = authoriser({});
      const authority = await authorise(authorization);
      expect(authority).toEqual(authorityOf(everyone));
      expect(authority).toHaveProperty('caller', everyone);
    },
  );
});

describe('without credentials', () => {
  test.each([undefined, ''])('a caller is anonymous where there is an issuer: %j', async (none) => {
    const { authorise } = authoriser();
    expect(await authorise(none)).toEqual(authorityOf(anonymous));
    const { authorise: byKeySet, state } = await startIssuer();
    state.fault = 'closed';
    expect(await byKeySet(none)).toEqual(authorityOf(anonymous));
  });
});

describe('a token of a shared secret', () => {
  const sign = (key = SECRET, alg = 'HS256') =>
    new SignJWT({ sub: 'kim', exp: NOW / 1000 + 60 })
      .setProtectedHeader({ alg })
      .sign(new TextEncoder().encode(key));

  test('says who it is, and until when', async () => {
    const { authorise } = authoriser();
    const authorization = await authorizationOf('kim', ['staff'], NOW + 60_000);
    const caller = { subject: 'kim', roles: ['staff'], scopes: [] };
    expect(await authorise(authorization)).toEqual({
      key: '{"roles":["staff"],"scopes":[]}',
      caller,
      subject: 'kim',
      expiresAt: NOW + 65_000,
    });
  });

  test('is refused with another secret, or another algorithm', async () => {
    const { authorise } = authoriser();
    expect(await authorise(`Bearer ${await sign()}`)).toMatchObject({ caller: { subject: 'kim' } });
    expect(await authorise(`Bearer ${await sign(`${SECRET}!`)}`)).toMatchObject(refused);
    expect(await authorise(`Bearer ${await sign(SECRET.repeat(2), 'HS512')}`)).toMatchObject(refused);
  });

  test('is checked for issuer and audience where these are configured', async () => {
    const env = { JWT_SECRET: SECRET, JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'airline' };
    const { authorise } = authoriser(env);
    expect(await authorise(await authorizationOf('kim', [], NOW + 60_000))).toMatchObject(refused);
  });
});

describe('a token that was accepted', () => {
  test('is accepted at once, until it expires', async () => {
    const { authorise, advance } = authoriser();
    const authorization = await authorizationOf('kim', [], NOW + 60_000);
    const first = await authorise(authorization);
    expect(first).toMatchObject({ caller: { subject: 'kim' } });
    advance(64_999);
    expect(authorise(authorization)).toBe(first);
    advance(1);
    const expired = { errors: [{ message: 'The token expired. Send the request again with a new one.' }] };
    expect(await authorise(authorization)).toMatchObject({ ...refused, ...expired });
  });
});

describe('who may share a read', () => {
  const keyOf = async (subject: string, ...roles: Parameters<typeof authorizationOf>[1] & object) => {
    const authority = await authoriser().authorise(await authorizationOf(subject, roles, NOW + 60_000));
    return 'key' in authority ? authority.key : authority;
  };

  test('are all staff, and all operators; a customer shares with nobody else', async () => {
    expect(await keyOf('kim', 'staff')).toBe(await keyOf('lee', 'staff'));
    expect(await keyOf('kim', 'operator')).toBe(await keyOf('lee', 'operator'));
    const others = [
      await keyOf('kim'),
      await keyOf('lee'),
      await keyOf('kim', 'staff'),
      await keyOf('kim', 'operator'),
      await keyOf('kim', 'customer', 'staff'),
      authorityOf(anonymous).key,
      authorityOf(everyone).key,
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});
