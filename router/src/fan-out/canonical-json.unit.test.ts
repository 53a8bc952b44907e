import { expect, test } from 'vitest';
import { parseExactJson } from '../raw-json.ts';
import { canonicalJson, digestOf } from './canonical-json.ts';

const of = (json: string) => canonicalJson(parseExactJson(json));

test('is the same for equal values, whatever the order of their keys', () => {
  expect(of('{"b":[{"d":1,"c":2}],"a":null}')).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});

test('tells a long integer from its neighbours and from an object', () => {
  const long = of('[12345678901234567891]');
  expect(long).toBe('[12345678901234567891]');
  expect(of('[12345678901234567890]')).not.toBe(long);
  expect(of('[{"rawJSON":"12345678901234567891"}]')).not.toBe(long);
});

test('has a digest of one length, which tells values apart', () => {
  const text = 'a'.repeat(100_000);
  expect(digestOf({ a: 1, text })).toBe(digestOf({ text, a: 1 }));
  expect(digestOf({ a: 1, text })).not.toBe(digestOf({ a: 2, text }));
  expect(digestOf({ a: 1, text })).toHaveLength(64);
});
