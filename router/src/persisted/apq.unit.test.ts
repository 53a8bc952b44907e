import { describe, expect, test } from 'vitest';
import { hashOf, missingText, persistedQueries } from './apq.ts';
import { memoryStore } from './store.ts';

const text = '{ flights { id } }';
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const refusedWith = (code: string, message: unknown, status = 400) => ({
  status,
  errors: [{ message, extensions: { code } }],
});

describe('automatic persisted queries', () => {
  test('hash as clients do', () => {
    expect(hashOf('{ __typename }')).toMatch(/^7f56e67d/);
  });

  test('are found once they were kept', () => {
    const queries = persistedQueries(memoryStore());
    const byHash = persisted(hashOf(text));
    const notFound = refusedWith('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', 200);
    expect(queries.resolve(byHash)).toEqual(notFound);
    expect(queries.resolve({ ...byHash, query: text })).toBe(text);
    expect(queries.resolve(byHash)).toEqual(notFound);
    queries.keep({ ...byHash, query: text });
    expect(queries.resolve(byHash)).toBe(text);
    expect(queries.resolve({ ...byHash, query: '' })).toBe(text);
  });

  test('are refused with the hash of another text', () => {
    const { resolve } = persistedQueries(memoryStore());
    const refused = resolve({ ...persisted(hashOf('{ other }')), query: text });
    expect(refused).toEqual(refusedWith('BAD_REQUEST', expect.stringContaining('is not that of the query')));
  });

  test.each([2, '1', undefined, null])('are not supported in version %j', (version) => {
    const { resolve } = persistedQueries(memoryStore());
    const unsupported = refusedWith('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', 200);
    expect(resolve({ extensions: { persistedQuery: { version, sha256Hash: hashOf(text) } } })).toEqual(
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
    const { resolve } = persistedQueries(memoryStore());
    const malformed = refusedWith('BAD_REQUEST', expect.stringContaining('64 lower-case'));
    expect(resolve({ extensions: { persistedQuery } })).toEqual(malformed);
  });

  test('leave other requests as they are', () => {
    const { resolve, keep } = persistedQueries(memoryStore());
    expect(resolve({ query: text, extensions: { persistedQuery: null } })).toBe(text);
    expect(resolve({})).toEqual(refusedWith('BAD_REQUEST', missingText));
    keep({ query: text });
    expect(resolve(persisted(hashOf(text)))).toMatchObject({ status: 200 });
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
