import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anonymous, type Caller, everyone } from './caller.ts';
import { createSignCaller, createVerifyCaller, type Signed, subscribeText } from './caller-token.ts';

const secret = 'a secret of router and subgraphs';
const NOW = 1_790_000_000_000;
const text = '{"query":"{ reservations { totalCount } }"}';
const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: ['book'] };
const lee: Caller = { subject: 'lee', roles: ['staff'], scopes: [] };

function between({ of = secret, signedAt = NOW, readAt = NOW, to = 'reservation', at = 'reservation' } = {}) {
  const sign = createSignCaller({ secret: of, now: () => signedAt });
  const verify = createVerifyCaller(at, { secret, now: () => readAt });
  return {
    verify,
    sign: (signed: Partial<Signed> = {}) => sign(to, { caller: kim, kind: 'query', text, ...signed }),
  };
}

describe('a token', () => {
  test.each([kim, anonymous, everyone, { ...kim, subject: '고객 \ud800 "1"' }])(
    'tells the caller %j',
    (caller) => {
      const { sign, verify } = between();
      expect(verify(sign({ caller, kind: 'mutation' }))?.caller).toEqual(caller);
    },
  );

  test('has the subject of those who read all for their mutations alone, and that of customers always', () => {
    const { sign, verify } = between();
    const subjectFor = (caller: Caller, kind: Signed['kind']) =>
      verify(sign({ caller, kind }))?.caller.subject;
    expect(subjectFor(lee, 'query')).toBeUndefined();
    expect(subjectFor(lee, 'subscription')).toBeUndefined();
    expect(subjectFor(lee, 'mutation')).toBe('lee');
    for (const kind of ['query', 'subscription', 'mutation'] as const)
      expect(subjectFor(kim, kind)).toBe('kim');
  });

  test('covers what was signed, and nothing else', () => {
    const { sign, verify } = between();
    const verified = verify(sign());
    expect(verified?.covers(text)).toBe(true);
    expect(verified?.covers(Buffer.from(text))).toBe(true);
    for (const other of [`${text} `, '', text.toUpperCase()]) expect(verified?.covers(other)).toBe(false);
  });

  test.each([
    ['of another secret', { of: 'another secret of 32 characters!' }],
    ['for another subgraph', { to: 'payment' }],
    ['that has expired', { readAt: NOW + 35_000 }],
  ])('%s is refused', (_title, options) => {
    const { sign, verify } = between(options);
    expect(verify(sign())).toBeUndefined();
  });

  test('lasts half a minute, and no longer than the credentials of its caller; clocks may differ by 5 s', () => {
    const lasts = (readAt: number, expiresAt?: number, signedAt = NOW) => {
      const { sign, verify } = between({ signedAt, readAt });
      return verify(sign({ expiresAt })) !== undefined;
    };
    expect(lasts(NOW + 34_999)).toBe(true);
    expect(lasts(NOW + 35_000)).toBe(false);
    // To the next lower multiple of five seconds.
    expect(lasts(NOW + 34_999, undefined, NOW + 4_999)).toBe(true);
    expect(lasts(NOW + 35_000, undefined, NOW + 4_999)).toBe(false);
    expect(lasts(NOW + 35_000, undefined, NOW + 5_000)).toBe(true);
    expect(lasts(NOW + 7_999, NOW + 3_000)).toBe(true);
    expect(lasts(NOW + 8_000, NOW + 3_000)).toBe(false);
    expect(lasts(NOW + 35_000, NOW + 3_600_000)).toBe(false);
  });

  test('has one text: with any character replaced, added or left out it is refused', () => {
    const { sign, verify } = between();
    const token = sign();
    const others = [...token].flatMap((character, index) => {
      const [before, after] = [token.slice(0, index), token.slice(index + 1)];
      return ['A', 'B', '-', '.', '=', ' ', '']
        .filter((other) => other !== character)
        .map((other) => before + other + after);
    });
    // The last character has more bits than the bytes need: others decode to the same.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    others.push(...[...alphabet].map((last) => token.slice(0, -1) + last).filter((other) => other !== token));
    expect(others.length).toBeGreaterThan(1_000);
    for (const other of [...others, `${token}=`, `${token}A`, ` ${token}`, `${token}\n`]) {
      expect(verify(other)?.covers(text) ?? false).toBe(false);
    }
    expect(verify(token)?.covers(text)).toBe(true);
  });

  test.each([undefined, null, 7, '', '...', {}, ['a.1.b.c'], 'a'.repeat(100_000)])('is not %j', (other) => {
    expect(between().verify(other)).toBeUndefined();
  });

  test('is no text that the secret signs for another purpose', () => {
    const { sign, verify } = between();
    const [encoded, expiry, , mac] = sign().split('.');
    const signed = createHmac('sha512', secret).update(`${encoded}.${expiry}`).digest();
    expect(verify(`${encoded}.${expiry}.${signed.toString('base64url', 0, 32)}.${mac}`)).toBeUndefined();
  });

  test('covers no text of another caller, subgraph or time by the mac of theirs', () => {
    const later = between({ signedAt: NOW + 5_000 });
    const { sign, verify } = between();
    const others = [sign({ caller: lee }), between({ to: 'payment' }).sign(), later.sign()];
    const [encoded, expiry, signature, mac] = sign().split('.');
    const macs = others.map((token) => token.split('.')[3]);
    expect(new Set([mac, ...macs]).size).toBe(4);
    for (const other of macs)
      expect(verify(`${encoded}.${expiry}.${signature}.${other}`)?.covers(text)).toBe(false);
  });

  test('covers the texts of all requests that have its caller, subgraph and time in common, each by a mac of its own', () => {
    const { sign, verify } = between();
    const texts = [text, `${text} `, '{"query":"{ flights { totalCount } }"}'];
    const tokens = texts.map((one) => sign({ text: one }));
    for (const token of tokens)
      expect(texts.filter((one) => verify(token)?.covers(one))).toEqual([texts[tokens.indexOf(token)]]);
  });

  test('is refused where it is too long for a header', () => {
    const { sign, verify } = between();
    expect(verify(sign({ caller: { ...kim, scopes: ['s'.repeat(8_000)] } }))).toBeUndefined();
  });
});

describe('the signed text of a subscription', () => {
  const query = 'subscription ($id: ID) { reservationUpdated(id: $id) { id } }';

  test('is the same for what the router sends and what a subgraph reads', () => {
    const sent = { query, variables: { id: 'a', n: JSON.rawJSON('9007199254740993'), none: undefined } };
    expect(subscribeText(JSON.parse(JSON.stringify(sent)))).toBe(subscribeText(sent));
    expect(subscribeText({ query, variables: null })).toBe(subscribeText({ query }));
  });

  test('differs with the query, the operation and the variables', () => {
    const texts = [
      subscribeText({ query }),
      subscribeText({ query: `${query} ` }),
      subscribeText({ query, operationName: 'A' }),
      subscribeText({ query, variables: { id: 'a' } }),
      subscribeText({ query, variables: { id: 'b' } }),
      subscribeText({ query, variables: {} }),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });
});
