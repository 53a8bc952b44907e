import { expect, test } from 'vitest';
import { wholeNumber } from './input.ts';

test.each([
  ['3', 3],
  [' 200,000 ', 200_000],
  ['-1', -1],
  ['', undefined],
  ['1.5', undefined],
  ['three', undefined],
  ['1e3', undefined],
])('%j is %j', (text, expected) => {
  expect(wholeNumber(text)).toBe(expected);
});
