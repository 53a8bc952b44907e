import { describe, expect, test } from 'vitest';
import { OPERATOR } from '../request.ts';
import { missingText, persistedDocuments } from './documents.ts';
import { hashOf } from './hash.ts';
import { memoryStore } from './store.ts';
import type { TrustedDocuments } from './trusted.ts';

const text = '{ flights { id } }';
const trustedText = '{ trusted }';
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const refusedWith = (code: string, message: unknown, status = 400) => ({
  status,
  errors: [{ message, extensions: { code } }],
});

const documents = (mode: TrustedDocuments['mode'] = 'off', now?: () => number) =>
  persistedDocuments({
    store: memoryStore(),
    trusted: { mode, texts: new Map([[hashOf(trustedText), trustedText]]) },
    ...(now && { now }),
  });
const notTrusted = refusedWith('DOCUMENT_NOT_TRUSTED', expect.any(String));
const notFound = refusedWith('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', 200);

describe('trusted documents', () => {
  const named = { documentId: `sha256:${hashOf(trustedText)}` };

  test.each([
    ['documentId', named],
    ['a bare documentId', { documentId: hashOf(trustedText) }],
    ['extensions.persistedQuery', persisted(hashOf(trustedText))],
    ['an empty text beside its hash, as over a WebSocket', { ...named, query: '' }],
    ['its text', { query: trustedText }],
    ['hash and text', { ...named, query: trustedText }],
  ])('are named by %s', (_what, parameters) => {
    for (const mode of ['allow', 'only'] as const)
      expect(documents(mode).resolve(parameters, 'a')).toBe(trustedText);
  });

  test('alone run where only they may, and nothing else is kept', () => {
    const { resolve, keep } = documents('only');
    expect(resolve({ query: text }, 'a')).toEqual(notTrusted);
    expect(resolve({ query: `${trustedText} ` }, 'a')).toEqual(notTrusted);
    expect(resolve({ query: text, ...persisted(hashOf(text)) }, 'a')).toEqual(notTrusted);
    keep({ query: text, ...persisted(hashOf(text)) }, 'a');
    expect(resolve(persisted(hashOf(text)), 'a')).toEqual(notTrusted);
    expect(resolve({ documentId: `sha256:${hashOf(text)}` }, 'a')).toEqual(notTrusted);
    expect(resolve({ query: text }, OPERATOR)).toBe(text);
    expect(resolve({ ...named, query: text }, 'a')).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  test('run beside others where those may', () => {
    const { resolve } = documents('allow');
    expect(resolve({ query: text }, 'a')).toBe(text);
    expect(resolve(persisted(hashOf(text)), 'a')).toEqual(notFound);
  });

  test('are nothing special where they are off', () => {
    const { resolve } = documents('off');
    expect(resolve(named, 'a')).toEqual(notFound);
    expect(resolve({ query: text }, 'a')).toBe(text);
  });

  test.each(['', 'x', 'md5:abc', 7, {}, 'sha256:__proto__'])('have no documentId %j', (documentId) => {
    expect(documents('allow').resolve({ documentId }, 'a')).toEqual(
      refusedWith('BAD_REQUEST', expect.any(String)),
    );
  });
});

describe('what a client may have kept', () => {
  const sent = (query: string) => ({ query, ...persisted(hashOf(query)) });

  test('is bounded in the length of a text', () => {
    const { keep, resolve } = documents();
    for (const length of [32 * 1024, 32 * 1024 + 1]) keep(sent('x'.repeat(length)), 'a');
    expect(resolve(persisted(hashOf('x'.repeat(32 * 1024))), 'a')).toHaveLength(32 * 1024);
    expect(resolve(persisted(hashOf('x'.repeat(32 * 1024 + 1))), 'a')).toEqual(notFound);
  });

  test('is bounded in number, for a minute, and for itself alone', () => {
    let now = 1;
    const { keep, resolve } = documents('off', () => now);
    const isKept = (query: string, source: string) => {
      keep(sent(query), source);
      return typeof resolve(persisted(hashOf(query)), 'a') === 'string';
    };
    for (let count = 0; count < 200; count += 1) expect(isKept(`{ a${count} }`, 'a')).toBe(true);
    expect(isKept('{ more }', 'a')).toBe(false);
    // It is kept already.
    expect(isKept('{ a0 }', 'a')).toBe(true);
    expect(isKept('{ others }', 'b')).toBe(true);
    now += 30_000;
    expect(isKept('{ more }', 'a')).toBe(false);
    now += 30_001;
    expect(isKept('{ more }', 'a')).toBe(true);
  });
});

describe('automatic persisted queries', () => {
  test('hash as clients do', () => {
    expect(hashOf('{ __typename }')).toMatch(/^7f56e67d/);
  });

  test('are found once they were kept', () => {
    const queries = documents();
    const byHash = persisted(hashOf(text));
    expect(queries.resolve(byHash, 'a')).toEqual(notFound);
    expect(queries.resolve({ ...byHash, query: text }, 'a')).toBe(text);
    expect(queries.resolve(byHash, 'a')).toEqual(notFound);
    queries.keep({ ...byHash, query: text }, 'a');
    expect(queries.resolve(byHash, 'a')).toBe(text);
    expect(queries.resolve({ ...byHash, query: '' }, 'a')).toBe(text);
  });

  test('are refused with the hash of another text', () => {
    const { resolve } = documents();
    const refused = resolve({ ...persisted(hashOf('{ other }')), query: text }, 'a');
    expect(refused).toEqual(refusedWith('BAD_REQUEST', expect.stringContaining('is not that of the query')));
  });

  test.each([2, '1', undefined, null])('are not supported in version %j', (version) => {
    const { resolve } = documents();
    const unsupported = refusedWith('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', 200);
    expect(resolve({ extensions: { persistedQuery: { version, sha256Hash: hashOf(text) } } }, 'a')).toEqual(
      unsupported,
    );
  });

  test.each([
    'text',
    7,
    { version: 1 },
    { version: 1, sha256Hash: 7 },
    { version: 1, sha256Hash: hashOf(text).toUpperCase() },
    { version: 1, sha256Hash: '__proto__' },
  ])('are refused in the shape %j', (persistedQuery) => {
    const { resolve } = documents();
    const malformed = refusedWith('BAD_REQUEST', expect.stringContaining('64 lower-case'));
    expect(resolve({ extensions: { persistedQuery } }, 'a')).toEqual(malformed);
  });

  test('leave other requests as they are', () => {
    const { resolve, keep } = documents();
    expect(resolve({ query: text, extensions: { persistedQuery: null } }, 'a')).toBe(text);
    expect(resolve({}, 'a')).toEqual(refusedWith('BAD_REQUEST', missingText));
    keep({ query: text }, 'a');
    expect(resolve(persisted(hashOf(text)), 'a')).toMatchObject({ status: 200 });
  });
});

describe('the memory store', () => {
  test('evicts the least recently used when it is full', () => {
    const store = memoryStore({ bytes: 3 * 409 });
    store.set('a', 'x'.repeat(9));
    store.set('b', 'x'.repeat(9));
    store.set('c', 'x'.repeat(9));
    expect(store.get('a')).toBeDefined();
    store.set('d', 'x'.repeat(9));
    expect(['a', 'b', 'c', 'd'].filter((hash) => store.get(hash) !== undefined)).toEqual(['a', 'c', 'd']);
    store.set('large', 'x'.repeat(1_000));
    expect(store.get('large')).toBeUndefined();
  });
});
