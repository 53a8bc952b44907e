import { describe, expect, test } from 'vitest';
import { chooseEncoding, type Encoding } from './encoding.ts';

const both = new Set<Encoding>(['br', 'gzip']);

describe('the coding of a file', () => {
  test.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0', undefined],
    ['zstd', undefined],
    ['gzip;q=high', undefined],
  ])('for accept-encoding %j is %s', (header, expected) => {
    expect(chooseEncoding(header, both)).toBe(expected);
  });

  test('is one that the file is kept in', () => {
    expect(chooseEncoding('br, gzip;q=0.1', new Set<Encoding>(['gzip']))).toBe('gzip');
    expect(chooseEncoding('br, gzip', new Set<Encoding>())).toBeUndefined();
  });
});
