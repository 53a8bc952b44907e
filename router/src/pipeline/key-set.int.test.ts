import { describe, expect, test } from 'vitest';
import { createKey, startIssuer } from './issuer.fixture.ts';

const kim = { caller: { subject: 'kim' } };
const refused = { status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
const unavailable = { status: 503, errors: [{ extensions: { code: 'ISSUER_UNAVAILABLE' } }] };
const DISCOVERY = '/.well-known/openid-configuration';

describe('the key set', () => {
  test('is found by discovery, and fetched once for many tokens', async () => {
    const { authorise, bearer, fetched } = await startIssuer();
    const all = ['kim', 'lee', 'pat'].map(async (sub) => await authorise(await bearer({ sub })));
    expect(await Promise.all(all)).toMatchObject([kim, { caller: { subject: 'lee' } }, {}]);
    expect(fetched).toEqual([DISCOVERY, '/jwks']);
  });

  test('is that of JWKS_URL where there is one', async () => {
    const { issuer: elsewhere, key, state } = await startIssuer();
    const { authorise, bearer, fetched } = await startIssuer({ jwksUrl: `${elsewhere}/jwks` });
    expect(await authorise(await bearer())).toMatchObject(refused);
    expect(await authorise(await bearer({}, {}, key))).toMatchObject(kim);
    expect(fetched).toEqual([]);
    expect(state.keys).toHaveLength(1);
  });

  test('is not taken from another issuer', async () => {
    const { authorise, bearer, state, failures, fetched } = await startIssuer();
    state.discovery = { issuer: 'https://stranger.example' };
    expect(await authorise(await bearer())).toMatchObject(unavailable);
    expect(String(failures[0])).toContain('another issuer than JWT_ISSUER');
    expect(fetched).toEqual([DISCOVERY]);
  });
});

describe('a key that is removed', () => {
  test('is accepted no longer than JWKS_CACHE_SECONDS, also in a token that was accepted', async () => {
    const { authorise, bearer, state, advance } = await startIssuer({ keysCacheSeconds: 60 });
    const known = await bearer();
    expect(await authorise(known)).toMatchObject(kim);
    state.keys = [(await createKey('second')).jwk];
    advance(29_999);
    expect(await authorise(known)).toMatchObject(kim);
    advance(30_001);
    expect(await authorise(known)).toMatchObject(refused);
    expect(await authorise(await bearer({ sub: 'lee' }))).toMatchObject(refused);
  });

  test('ends with the next fetch, for whatever reason that was', async () => {
    const { authorise, bearer, state, advance } = await startIssuer();
    const known = await bearer();
    expect(await authorise(known)).toMatchObject(kim);
    const second = await createKey('second');
    state.keys = [second.jwk];
    advance(5_000);
    expect(await authorise(await bearer({}, {}, second))).toMatchObject(kim);
    expect(await authorise(known)).toMatchObject(refused);
  });

  test('does not live on while the issuer is away: it cannot be judged then', async () => {
    const { authorise, bearer, state, advance } = await startIssuer({ keysCacheSeconds: 60 });
    const known = await bearer();
    expect(await authorise(known)).toMatchObject(kim);
    state.fault = 'closed';
    advance(59_999);
    expect(await authorise(known)).toMatchObject(kim);
    advance(1);
    expect(await authorise(known)).toMatchObject(unavailable);
  });

  test('is fetched again while its time runs, so that nobody waits for it', async () => {
    const { authorise, bearer, advance, fetched } = await startIssuer({ keysCacheSeconds: 60 });
    const known = await bearer();
    await authorise(known);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      advance(30_000);
      expect(await authorise(known)).toMatchObject(kim);
      // Waits for the fetch in the background.
      expect(await authorise(await bearer({}, { kid: 'unknown' }))).toMatchObject(refused);
    }
    expect(fetched.filter((url) => url === '/jwks')).toHaveLength(4);
  });
});

describe('a new key', () => {
  test('is fetched at once, after five seconds', async () => {
    const { authorise, bearer, state, advance, fetched } = await startIssuer();
    expect(await authorise(await bearer())).toMatchObject(kim);
    const second = await createKey('second');
    state.keys.push(second.jwk);
    const rotated = await bearer({}, {}, second);
    expect(await authorise(rotated)).toMatchObject(refused);
    advance(4_999);
    expect(await authorise(rotated)).toMatchObject(refused);
    advance(1);
    expect(await authorise(rotated)).toMatchObject(kim);
    expect(fetched.filter((url) => url === '/jwks')).toHaveLength(2);
  });

  test('is not fetched for each of a thousand that do not exist', async () => {
    const { authorise, bearer, advance, fetched } = await startIssuer();
    expect(await authorise(await bearer())).toMatchObject(kim);
    advance(5_000);
    const unknown = Array.from({ length: 100 }, (_, index) => bearer({}, { kid: `unknown-${index}` }));
    for (const authorization of await Promise.all(unknown)) {
      expect(await authorise(authorization)).toMatchObject(refused);
    }
    expect(fetched.filter((url) => url === '/jwks')).toHaveLength(2);
  });
});

describe('an issuer', () => {
  test.each([
    ['that is away', 'closed' as const],
    ['that fails', { status: 500, body: '' }],
    ['that sends no JSON', { status: 200, body: '<html>' }],
    ['that sends no key set', { status: 200, body: '{"keys":1}' }],
    ['that redirects', { status: 302, body: '' }],
  ])('%s is 503, and is asked again a second later', async (_what, fault) => {
    const { authorise, bearer, state, advance, failures, fetched } = await startIssuer();
    state.fault = fault;
    const authorization = await bearer();
    expect(await authorise(authorization)).toMatchObject(unavailable);
    const asked = fetched.length;
    advance(999);
    expect(await authorise(authorization)).toMatchObject(unavailable);
    expect(fetched).toHaveLength(asked);
    expect(failures).toHaveLength(1);
    // Neither is what no key could make right.
    expect(await authorise('Bearer abc')).toMatchObject(refused);
    state.fault = undefined;
    advance(1);
    expect(await authorise(authorization)).toMatchObject(kim);
  });

  test('that is away does not call a token of an unknown key wrong', async () => {
    const { authorise, bearer, state, advance } = await startIssuer();
    expect(await authorise(await bearer())).toMatchObject(kim);
    const second = await createKey('second');
    state.keys.push(second.jwk);
    state.fault = 'closed';
    advance(5_000);
    const rotated = await bearer({}, {}, second);
    expect(await authorise(rotated)).toMatchObject(unavailable);
    expect(await authorise(await bearer({ sub: 'kim', more: 1 }))).toMatchObject(kim);
    state.fault = undefined;
    advance(1_000);
    expect(await authorise(rotated)).toMatchObject(kim);
  });

  test('whose set holds private or secret keys is not trusted with them', async () => {
    const { authorise, bearer, state, failures, good } = await startIssuer();
    const secret = Buffer.from('a secret that is in a public key set').toString('base64url');
    state.keys = [{ kty: 'oct', k: secret, kid: 'first', alg: 'HS256' }];
    const { SignJWT } = await import('jose');
    const token = new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: 'first' });
    const signed = await token.sign(Buffer.from(secret, 'base64url'));
    expect(await authorise(`Bearer ${signed}`)).toMatchObject(refused);
    expect(await authorise(await bearer())).toMatchObject(refused);
    expect(failures).toEqual([]);
  });
});
