import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterPrefix } from './prefix.ts';

const bytes = (text: string) => Buffer.from(text);
const isBefore = (one: string, other: string) => Buffer.compare(bytes(one), bytes(other)) < 0;

test.each([
  ['KE', 'KF'],
  ['a%', 'a&'],
  ['_', '`'],
  ['\\', ']'],
  ['Z', '['],
  ['\u007f', '\u0080'],
  ['\ud7ff', '\ue000'],
  ['\uffff', '\u{10000}'],
  ['a\u{10ffff}\u{10ffff}', 'b'],
  ['\u{10ffff}', undefined],
  ['', undefined],
])('what begins with %j is before %j', (prefix, next) => {
  expect(afterPrefix(prefix)).toBe(next);
});

test('a text is in the range of a prefix if and only if it begins with it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 4 });
  fc.assert(
    fc.property(text, text, (prefix, rest) => {
      const next = afterPrefix(prefix);
      const isWithin = (value: string) =>
        !isBefore(value, prefix) && (next === undefined || isBefore(value, next));
      expect(isWithin(prefix + rest)).toBe(true);
      expect(isWithin(rest)).toBe(rest.startsWith(prefix));
    }),
    { seed: 7, numRuns: 2000 },
  );
});
