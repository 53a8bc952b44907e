import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idEndingOf, referenceOf } from './reference.ts';

const idWith = (ending: string) => `01934e00-0000-7000-8000-00${ending}`;

test.each([
  ['0000000000', '0000-0000'],
  ['0000000001', '0000-0001'],
  ['ffffffffff', 'ZZZZ-ZZZZ'],
  ['8000000000', 'G000-0000'],
])('the reference of an id that ends with %s is %s', (ending, reference) => {
  expect(referenceOf(idWith(ending))).toBe(reference);
  expect(idEndingOf(reference)).toBe(ending);
});

test('every reference leads back to its id, however a person writes it', () => {
  const ending = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(ending, (digits) => {
      const reference = referenceOf(idWith(digits));
      expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      const dashed = ['', '–', '—', '‑', '−', '\u200b-'].map((dash) => reference.replace('-', dash));
      const written = [reference, reference.toLowerCase(), ` ${reference} `, ...dashed];
      const misread = reference.replaceAll('0', 'O').replaceAll('1', 'l');
      for (const each of [...written, misread, misread.replaceAll('l', 'I')])
        expect(idEndingOf(each)).toBe(digits);
    }),
    { seed: 7 },
  );
});

test.each(['', 'ABCD', 'ABCD-EFG', 'ABCD-EFGHJ', 'ABCD-EFGU', 'ABCD-EF%_', 'ABCD_EFGH'])(
  '%j is no reference',
  (text) => {
    expect(idEndingOf(text)).toBeUndefined();
  },
);
