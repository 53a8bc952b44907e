import { generateKeyPairSync, KeyObject, sign as signBytes } from 'node:crypto';
import { CompactEncrypt, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { base64, createKey, type Issuer, startIssuer } from './issuer.fixture.ts';

type Trick = readonly [what: string, credentials: (issuer: Issuer) => string | Promise<string>];

const RSA_PEM = (issuer: Issuer) => JSON.stringify(issuer.key.jwk);
/** A token whose parts are as given, with any signature. */
const parts = (header: unknown, claims: unknown, signature = 'AAAA') =>
  `Bearer ${base64(header)}.${base64(claims)}.${signature}`;
const bearer =
  (claims: JWTPayload | ((issuer: Issuer) => JWTPayload), header = {}): Trick[1] =>
  (issuer) =>
    issuer.bearer(typeof claims === 'function' ? claims(issuer) : claims, header);
const without =
  (...names: string[]): Trick[1] =>
  async ({ key, good }) =>
    `Bearer ${await key.sign(Object.fromEntries(Object.entries(good()).filter(([name]) => !names.includes(name))))}`;
/** The parts of a valid token, put together in another way. */
const shaped =
  (shape: (header: string, claims: string, signature: string) => string): Trick[1] =>
  async (issuer) => {
    const [header = '', claims = '', signature = ''] = (await issuer.bearer()).slice(7).split('.');
    return shape(header, claims, signature);
  };
/** Signed by the issuer over exactly these texts. */
const raw = ({ key }: Issuer, header: string, claims: string): string => {
  const input = `${base64(header)}.${base64(claims)}`;
  const signature = signBytes('sha256', Buffer.from(input), KeyObject.from(key.privateKey));
  return `Bearer ${input}.${signature.toString('base64url')}`;
};
const hmac =
  (alg: string, secretOf: (issuer: Issuer) => string | Promise<string>): Trick[1] =>
  async (issuer) => {
    const token = new SignJWT(issuer.good()).setProtectedHeader({ alg, kid: 'first' });
    return `Bearer ${await token.sign(new TextEncoder().encode(await secretOf(issuer)))}`;
  };
/** Signed by a stranger, whose own key the header brings or names. */
const stranger =
  (headerOf: (jwk: object) => object): Trick[1] =>
  async (issuer) => {
    const other = await createKey('first');
    return `Bearer ${await other.sign(issuer.good(), headerOf(other.jwk))}`;
  };
const URL_OF_STRANGER = 'https://stranger.example/keys';

const algorithms: Trick[] = [
  ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg): Trick[] => [
    [`alg "${alg}" without a signature`, ({ good }) => parts({ alg, kid: 'first' }, good(), '')],
    [`alg "${alg}" with one`, ({ good }) => parts({ alg, kid: 'first' }, good())],
  ]),
  ['no alg', ({ good }) => parts({ kid: 'first' }, good())],
  ['an alg that is no text', ({ good }) => parts({ alg: ['RS256'], kid: 'first' }, good())],
  ['HS256 with the public key as its secret', hmac('HS256', RSA_PEM)],
  ['HS512 with the public key as its secret', hmac('HS512', RSA_PEM)],
  ['HS256 with an empty secret', ({ good }) => parts({ alg: 'HS256', kid: 'first' }, good(), '')],
  [
    'RS384 by a key for RS256',
    async ({ key, good }) =>
      `Bearer ${await key.sign(good(), { alg: 'RS384' }).catch(() => parts({ alg: 'RS384', kid: 'first' }, good()).slice(7))}`,
  ],
  ['RS1, which is no longer safe', ({ good }) => parts({ alg: 'RS1', kid: 'first' }, good())],
  [
    'ES256 with r and s of 0',
    ({ good }) => parts({ alg: 'ES256', kid: 'curve' }, good(), Buffer.alloc(64).toString('base64url')),
  ],
  [
    'an ES256 signature in DER',
    async (issuer) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const input = `${base64({ alg: 'ES256', kid: 'curve' })}.${base64(issuer.good())}`;
      return `Bearer ${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },
  ],
];

const keys: Trick[] = [
  ['the key of a stranger', stranger(() => ({}))],
  ['the key of a stranger in jwk', stranger((jwk) => ({ jwk }))],
  ['the key of a stranger at jku', stranger(() => ({ jku: URL_OF_STRANGER }))],
  ['the key of a stranger at x5u', stranger(() => ({ x5u: URL_OF_STRANGER }))],
  ['a certificate of a stranger in x5c', stranger(() => ({ x5c: ['MIIB'] }))],
  ['a thumbprint of a stranger', stranger(() => ({ x5t: 'AAAA', 'x5t#S256': 'AAAA' }))],
  ['a kid that is a path', stranger(() => ({ kid: '../../../../dev/null' }))],
  ['a kid that is SQL', stranger(() => ({ kid: "first' UNION SELECT 'secret' --" }))],
  ['a kid that is a command', stranger(() => ({ kid: 'first; cat /etc/passwd' }))],
  ['a kid that is a URL', stranger(() => ({ kid: URL_OF_STRANGER }))],
  ['a kid of prototypes', stranger(() => ({ kid: '__proto__' }))],
  ['an empty kid', stranger(() => ({ kid: '' }))],
  ['a kid that is no text', ({ good }) => parts({ alg: 'RS256', kid: { first: 1 } }, good())],
  [
    'no kid, where several keys could be meant',
    async ({ key, good, state }) => {
      state.keys.push((await createKey('second')).jwk);
      return `Bearer ${await key.sign(good(), { kid: undefined })}`;
    },
  ],
];

const headers: Trick[] = [
  [
    'a crit that nobody knows',
    ({ good, ...issuer }) =>
      raw(
        { good, ...issuer },
        '{"alg":"RS256","kid":"first","crit":["exp2"],"exp2":1}',
        JSON.stringify(good()),
      ),
  ],
  [
    'an empty crit',
    ({ good, ...issuer }) =>
      raw({ good, ...issuer }, '{"alg":"RS256","kid":"first","crit":[]}', JSON.stringify(good())),
  ],
  [
    'b64 of false',
    ({ good, ...issuer }) =>
      raw(
        { good, ...issuer },
        '{"alg":"RS256","kid":"first","crit":["b64"],"b64":false}',
        JSON.stringify(good()),
      ),
  ],
  ...['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWE', 'at+jwt+more', ''].map(
    (typ): Trick => [`typ "${typ}"`, bearer({}, { typ })],
  ),
  ['a header that is no JSON', ({ good }) => `Bearer ${base64('{')}.${base64(good())}.AAAA`],
  ['a header that is a list', ({ good }) => parts([], good())],
  ['a header that is null', ({ good }) => parts(null, good())],
];

const claims: Trick[] = [
  ['expired', bearer(({ seconds }) => ({ exp: seconds() - 6 }))],
  ['that expires now, beyond the skew', bearer(({ seconds }) => ({ exp: seconds() - 5 }))],
  ['of the future', bearer(({ seconds }) => ({ nbf: seconds() + 6 }))],
  ['without exp', without('exp')],
  [
    'with exp as a text',
    (issuer) =>
      raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify({ ...issuer.good(), exp: '9999999999' })),
  ],
  [
    'with exp of null',
    (issuer) => raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify({ ...issuer.good(), exp: null })),
  ],
  [
    'with nbf as a text',
    (issuer) => raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify({ ...issuer.good(), nbf: '0' })),
  ],
  ['without sub', without('sub')],
  ['with an empty sub', bearer({ sub: '' })],
  [
    'with a number as sub',
    (issuer) => raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify({ ...issuer.good(), sub: 7 })),
  ],
  [
    'with a list as sub',
    (issuer) =>
      raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify({ ...issuer.good(), sub: ['kim'] })),
  ],
  [
    'with sub of null',
    (issuer) => raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify({ ...issuer.good(), sub: null })),
  ],
  ['with a sub that is too long', bearer({ sub: 'k'.repeat(256) })],
  [
    'with half a character as sub',
    (issuer) =>
      raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify(issuer.good()).replace('kim', '\\ud800')),
  ],
  ['for another audience', bearer({ aud: 'elsewhere' })],
  ['for several others', bearer({ aud: ['elsewhere', 'airline.example'] })],
  ['for nobody', bearer({ aud: [] })],
  ['without an audience', without('aud')],
  ['of another issuer', bearer({ iss: 'https://stranger.example' })],
  ['of the issuer with a slash', bearer(({ issuer }) => ({ iss: `${issuer}/` }))],
  ['of the issuer in capitals', bearer(({ issuer }) => ({ iss: issuer.toUpperCase() }))],
  ['without an issuer', without('iss')],
  [
    'whose first of two subs expired',
    (issuer) =>
      raw(issuer, '{"alg":"RS256","kid":"first"}', JSON.stringify(issuer.good()).replace(/}$/, ',"exp":1}')),
  ],
  ['whose claims are a list', (issuer) => raw(issuer, '{"alg":"RS256","kid":"first"}', '[]')],
  ['whose claims are no JSON', (issuer) => raw(issuer, '{"alg":"RS256","kid":"first"}', '{"sub"')],
  [
    'whose claims inherit what is missing',
    (issuer) => {
      const { sub, ...others } = issuer.good();
      const text = JSON.stringify(others).replace(/}$/, `,"__proto__":{"sub":"${sub}"}}`);
      return raw(issuer, '{"alg":"RS256","kid":"first"}', text);
    },
  ],
];

const shapes: Trick[] = [
  ['two parts', shaped((header, payload) => `Bearer ${header}.${payload}`)],
  ['two parts and a dot', shaped((header, payload) => `Bearer ${header}.${payload}.`)],
  ['four parts', shaped((...all) => `Bearer ${all.join('.')}.AAAA`)],
  [
    'five parts, which are encrypted',
    async ({ good }) => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const token = new CompactEncrypt(Buffer.from(JSON.stringify(good())));
      return `Bearer ${await token.setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A256GCM' }).encrypt(publicKey)}`;
    },
  ],
  ['a space within', shaped((header, ...rest) => `Bearer ${header}. ${rest.join('.')}`)],
  ['a space behind', shaped((...all) => `Bearer ${all.join('.')} `)],
  ['a space in front', shaped((...all) => ` Bearer ${all.join('.')}`)],
  ['a tab between', shaped((...all) => `Bearer\t${all.join('.')}`)],
  ['a line break behind', shaped((...all) => `Bearer ${all.join('.')}\n`)],
  ['a character of base64 that is none of base64url', shaped((...all) => `Bearer ${all.join('.')}+`)],
  ['padding', shaped((...all) => `Bearer ${all.join('.')}==`)],
  ['two tokens', shaped((...all) => `Bearer ${all.join('.')},Bearer ${all.join('.')}`)],
  [
    'another payload',
    shaped((header, _payload, signature) => `Bearer ${header}.${base64({ sub: 'lee' })}.${signature}`),
  ],
  [
    'a signature cut off',
    shaped((header, payload, signature) => `Bearer ${header}.${payload}.${signature.slice(0, -4)}`),
  ],
  ['no scheme', shaped((...all) => all.join('.'))],
  ['the scheme Token', shaped((...all) => `Token ${all.join('.')}`)],
  ['the scheme DPoP', shaped((...all) => `DPoP ${all.join('.')}`)],
  ['Basic', () => `Basic ${Buffer.from('kim:secret').toString('base64')}`],
  ['Basic with a token', shaped((...all) => `Basic ${all.join('.')}`)],
  ['Bearer alone', () => 'Bearer'],
  ['Bearer and a space', () => 'Bearer '],
  ['an opaque token', () => 'Bearer abc'],
  ['two parts of nonsense', () => 'Bearer a.b'],
  ['three parts of nonsense', () => 'Bearer a.b.c'],
  ['JSON', ({ good }) => `Bearer ${JSON.stringify(good())}`],
  ['a token that is too large', bearer({ more: 'x'.repeat(8_192) })],
  ['a megabyte', () => `Bearer ${'a'.repeat(2 ** 20)}.b.c`],
];

const groups: Record<string, Trick[]> = { algorithms, keys, headers, claims, shapes };

describe.each(Object.entries(groups))('credentials are refused for their %s:', (_group, tricks) => {
  test.each(tricks)('%s', async (_what, credentials) => {
    const curve = await createKey('curve', 'ES256');
    const issuer = await startIssuer();
    issuer.state.keys.push(curve.jwk);
    const refused = await issuer.authorise(await credentials(issuer));
    expect(refused).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(issuer.failures).toEqual([]);
    // What is right about it is not refused.
    const kim = { caller: { subject: 'kim', roles: ['customer'], scopes: [] } };
    expect(await issuer.authorise(await issuer.bearer())).toMatchObject(kim);
    expect(await issuer.authorise(await issuer.bearer({}, {}, curve))).toMatchObject(kim);
  });
});

test('there are enough of them', () => {
  expect(Object.values(groups).flat().length).toBeGreaterThan(90);
});

describe('a token is accepted', () => {
  const accepted: Trick[] = [
    ['with the scheme in other letters', shaped((...all) => `bEARER   ${all.join('.')}`)],
    ['of typ JWT', bearer({}, { typ: 'JWT' })],
    ['of typ at+jwt', bearer({}, { typ: 'at+jwt' })],
    ['of typ application/at+JWT', bearer({}, { typ: 'application/at+JWT' })],
    ['for several audiences', bearer({ aud: ['elsewhere', 'airline'] })],
    ['that expired within the skew', bearer(({ seconds }) => ({ exp: seconds() - 4 }))],
    ['that begins within the skew', bearer(({ seconds }) => ({ nbf: seconds() + 5 }))],
    [
      'with headers that name keys elsewhere',
      bearer({}, { jku: URL_OF_STRANGER, x5u: URL_OF_STRANGER, jwk: {} }),
    ],
    ['with deeply nested claims', bearer({ deep: JSON.parse('['.repeat(100) + ']'.repeat(100)) })],
    ['of the longest subject', bearer({ sub: 'k'.repeat(255) })],
  ];

  test.each(accepted)('%s', async (_what, credentials) => {
    const issuer = await startIssuer();
    expect(await issuer.authorise(await credentials(issuer))).toMatchObject({
      caller: { subject: expect.stringMatching(/^(kim|k+)$/), roles: ['customer'] },
    });
    expect(issuer.fetched).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });
});
