import { input } from '@airline/service';
import { expect, test } from 'vitest';
import { amountOf, isBlank, typedAmount, wholeNumber } from './input.ts';

test.each([
  ['3', 3],
  [' 200,000 ', 200_000],
  ['-1', -1],
  ['', undefined],
  ['1.5', undefined],
  ['three', undefined],
  ['1e3', undefined],
  ['1 000 000', 1_000_000],
  ['2,00,000', 200_000],
  // A decimal comma.
  ['1,5', undefined],
  ['1,500,00', undefined],
])('%j is %j', (text, expected) => {
  expect(wholeNumber(text)).toBe(expected);
});

test.each([
  ['200,000', 'KRW', 200_000],
  ['199.50', 'KRW', undefined],
  ['199.50', 'USD', 19_950],
  ['199.5', 'USD', 19_950],
  ['199', 'USD', 19_900],
  ['.5', 'USD', 50],
  ['199.505', 'USD', undefined],
  ['199.505', 'KWD', 199_505],
  ['1.9.9', 'USD', undefined],
  ['1,999.50', 'USD', 199_950],
  ['199,50', 'EUR', undefined],
  ['1.999,50', 'EUR', undefined],
  ['', 'USD', undefined],
  ['much', 'USD', undefined],
])('%j of %s is %j of its smallest unit', (text, currency, expected) => {
  expect(amountOf(text, currency)).toBe(expected);
});

test.each([
  [200_000, 'KRW', '200000'],
  [19_950, 'USD', '199.50'],
])('%d of the smallest unit of %s is typed as %j', (amount, currency, expected) => {
  expect(typedAmount(amount, currency)).toBe(expected);
  expect(amountOf(expected, currency)).toBe(amount);
});

test.each([
  ['', true],
  [' \t', true],
  ['\u200b', true],
  ['\u2060\u3164\u00ad\ufeff\u2800', true],
  ['\u200ba', false],
  ['김', false],
  ['👩\u200d✈\ufe0f', false],
])('whether %j is blank is the same here and at the server: %s', (text, expected) => {
  expect(isBlank(text)).toBe(expected);
  expect(input.id.safeParse(text).success).toBe(!expected);
});
