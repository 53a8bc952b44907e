import { expect, test } from 'vitest';
import { en } from '../../texts/en.ts';
import { type Column, conditionsOf, customerQueryOf, orderBehind } from './customer-query.ts';

const read = (text: string) => customerQueryOf(new URLSearchParams(text));

test.each([
  ['', { filter: {}, order: 'UPDATED', isDescending: true }],
  ['name=kim', { filter: { customerIdPrefix: 'kim' }, order: 'UPDATED', isDescending: true }],
  ['customers-by=customerId', { filter: {}, order: 'CUSTOMER', isDescending: false }],
  ['customers-by=flightCount.reversed', { filter: {}, order: 'FLIGHT_COUNT', isDescending: false }],
  ['customers-by=constructor', { filter: {}, order: 'UPDATED', isDescending: true }],
])('%s', (text, query) => {
  expect(read(text)).toEqual(query);
});

test('what was searched for is said in words', () => {
  const speech = { language: 'en', texts: en } as const;
  expect(conditionsOf(read('name=kim'), speech)).toEqual(['name begins with “kim”']);
  expect(conditionsOf(read('name='), speech)).toEqual([]);
});

test("a column's heading sorts by it, then the other way round, then as at first", () => {
  const press = (text: string, column: Column) => `customers-by=${orderBehind(column, read(text))}`;
  const once = press('', 'flightCount');
  const twice = press(once, 'flightCount');
  expect([once, twice, press(twice, 'flightCount'), press(twice, 'customerId')]).toEqual([
    'customers-by=flightCount',
    'customers-by=flightCount.reversed',
    'customers-by=flightCount',
    'customers-by=customerId',
  ]);
});
