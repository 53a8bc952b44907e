import { anonymous } from '@airline/service/server';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { startOddServer } from '../router.fixture.ts';
import { type AuthoriseOptions, createAuthorise } from './authorise.ts';

const secret = 'a secret of at least 64 characters, which suffices for HS512 as well';
const start = Date.UTC(2030, 0, 1);
const seconds = start / 1000;

/** An authoriser whose clock stands until it is put forward. */
function authoriser(options: Partial<AuthoriseOptions> = {}) {
  let now = start;
  const authorise = createAuthorise({ now: () => now, ...options });
  return {
    authorise: async (authorization: string | undefined) => await authorise(authorization),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

const sign = (payload: JWTPayload, { key = secret, alg = 'HS256' } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key));

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const refused = (message: string) => ({
  status: 401,
  errors: [{ message: expect.stringContaining(message), extensions: { code: 'UNAUTHENTICATED' } }],
});

describe('credentials', () => {
  test('whose key cannot be fetched are neither accepted nor refused', async () => {
    const unavailable = await startOddServer((_request, response) => response.writeHead(503).end());
    const { authorise } = authoriser({ jwksUrl: unavailable });
    await expect(authorise(`Bearer ${await sign({ sub: 'me' })}`)).rejects.toThrow();
    const nowhere = authoriser({ jwksUrl: 'http://127.0.0.1:1/keys' });
    await expect(nowhere.authorise(`Bearer ${await sign({ sub: 'me' })}`)).rejects.toThrow();
  });

  test('that are missing are anonymous', async () => {
    const { authorise } = authoriser({ secret });
    for (const none of [undefined, '']) {
      expect(await authorise(none)).toMatchObject({ caller: anonymous, expiresAt: undefined });
    }
  });

  test.each(['Bearer opaque', 'Basic YTpi', 'Bearer a.b', 'Bearer a.b.c.d.e', 'whatever'])(
    'of another kind are left to the subgraphs: %s',
    async (authorization) => {
      const { authorise } = authoriser({ secret });
      expect(await authorise(authorization)).toMatchObject({
        key: authorization,
        subject: undefined,
        expiresAt: undefined,
      });
    },
  );

  test('that are tokens are left to the subgraphs, too, where there is no key', async () => {
    const { authorise } = authoriser();
    const authorization = `Bearer ${await sign({ sub: 'me', exp: seconds - 1 })}`;
    expect(await authorise(authorization)).toMatchObject({
      key: authorization,
      subject: undefined,
      expiresAt: undefined,
    });
  });
});

describe('a token with a shared secret', () => {
  test('gives the subject and its expiry', async () => {
    const { authorise } = authoriser({ secret });
    const authorization = `Bearer ${await sign({ sub: 'me', exp: seconds + 60 })}`;
    expect(await authorise(authorization)).toMatchObject({
      key: authorization,
      subject: 'me',
      expiresAt: start + 60_000,
    });
    expect(await authorise(`Bearer ${await sign({})}`)).toMatchObject({
      subject: undefined,
      expiresAt: undefined,
    });
  });

  test('is refused once it has expired, however often it was accepted before', async () => {
    const { authorise, advance } = authoriser({ secret });
    const authorization = `Bearer ${await sign({ sub: 'me', exp: seconds + 60 })}`;
    expect(await authorise(authorization)).toMatchObject({ subject: 'me' });
    advance(59_999);
    expect(await authorise(authorization)).toMatchObject({ subject: 'me' });
    advance(1);
    expect(await authorise(authorization)).toEqual(refused('expired'));
  });

  test('is refused when it is not valid', async () => {
    const { authorise } = authoriser({ secret, issuer: 'us', audience: 'here' });
    const good = { iss: 'us', aud: 'here', sub: 'me' };
    expect(await authorise(`Bearer ${await sign(good)}`)).toMatchObject({ subject: 'me' });
    const bad = [
      await sign({ ...good, iss: 'them' }),
      await sign({ ...good, aud: 'there' }),
      await sign({ sub: 'me' }),
      await sign({ ...good, nbf: seconds + 60 }),
      await sign(good, { key: 'another secret of 32 characters!!' }),
      await sign(good, { alg: 'HS512' }),
      `${base64({ alg: 'none' })}.${base64(good)}.`,
      `${base64({ alg: 'none' })}.${base64(good)}.x`,
      `${base64({ alg: 'HS256' })}.${base64(good)}.AAAA`,
      'garbage.garbage.garbage',
    ];
    for (const token of bad) {
      expect(await authorise(`Bearer ${token}`), token).toEqual(refused('cannot be verified'));
    }
    expect(await authorise(`bearer   ${bad[0]}`)).toEqual(refused('cannot be verified'));
  });
});

describe('a token with a key of a published set', () => {
  async function publish() {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    let fetched = 0;
    const jwksUrl = await startOddServer((_request, response) => {
      fetched += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'first', alg: 'RS256', use: 'sig' }] }));
    });
    const signWith = (payload: JWTPayload, kid = 'first') =>
      new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    return { jwksUrl, jwk, signWith, fetched: () => fetched };
  }

  test('gives the subject; the key set is fetched once', async () => {
    const { jwksUrl, signWith, fetched } = await publish();
    const { authorise } = authoriser({ jwksUrl });
    for (const sub of ['one', 'two']) {
      const authorization = `Bearer ${await signWith({ sub, exp: seconds + 60 })}`;
      expect(await authorise(authorization)).toMatchObject({
        key: authorization,
        subject: sub,
        expiresAt: start + 60_000,
      });
    }
    expect(fetched()).toBe(1);
  });

  test('is refused when it is not valid', async () => {
    const { jwksUrl, jwk, signWith } = await publish();
    const { authorise } = authoriser({ jwksUrl, issuer: 'us' });
    const good = { iss: 'us', sub: 'me' };
    const stranger = await generateKeyPair('RS256');
    const bad = [
      await signWith({ ...good, iss: 'them' }),
      await signWith(good, 'second'),
      await new SignJWT(good).setProtectedHeader({ alg: 'RS256', kid: 'first' }).sign(stranger.privateKey),
      // The public key as if it were a shared secret.
      await new SignJWT(good)
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .sign(new TextEncoder().encode(JSON.stringify(jwk))),
      `${base64({ alg: 'none', kid: 'first' })}.${base64(good)}.`,
    ];
    for (const token of bad) {
      expect(await authorise(`Bearer ${token}`), token).toEqual(refused('cannot be verified'));
    }
    const late = await signWith({ ...good, exp: seconds - 1 });
    expect(await authorise(`Bearer ${late}`)).toEqual(refused('expired'));
    expect(await authorise(`Bearer ${await signWith(good)}`)).toMatchObject({ subject: 'me' });
  });
});
