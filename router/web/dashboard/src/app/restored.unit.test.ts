import { expect, test } from 'vitest';
import { isLike, laidOver } from './restored.ts';

const initial = { flightCode: '', seats: '60', isOpen: false, price: { amount: 1, currency: 'KRW' } };

test.each<[unknown, Partial<typeof initial>]>([
  [
    { flightCode: 'KE1', seats: '', isOpen: true, price: { amount: 2, currency: 'EUR' } },
    { flightCode: 'KE1', seats: '', isOpen: true, price: { amount: 2, currency: 'EUR' } },
  ],
  [{ flightCode: 'KE1' }, { flightCode: 'KE1' }],
  [{ flightCode: null, seats: 5, isOpen: 'true', price: 'free' }, {}],
  [
    { seats: '7', gone: 'x', price: { amount: 2 } },
    { seats: '7', price: { amount: 2, currency: 'KRW' } },
  ],
  [{ flightCode: ['KE1'], price: null }, {}],
  [undefined, {}],
  [null, {}],
  ['KE1', {}],
])('%j is laid over what a form begins with', (kept, taken) => {
  expect(laidOver(initial, kept)).toEqual({ ...initial, ...taken });
});

test.each([
  ['', 'kim', 'kim'],
  ['', null, ''],
  ['', 5, ''],
  [false, true, true],
  [null, 'x', null],
  [undefined, { code: 'x' }, undefined],
  [[], ['x'], []],
])('over %j, %j is %j', (initial, kept, taken) => {
  expect(laidOver(initial, kept)).toEqual(taken);
});

test('what is like a sample has its fields, and may have more', () => {
  const sample = { code: '', at: { seats: 0 } };
  expect(isLike(sample, { code: 'x', at: { seats: 1 }, more: null })).toBe(true);
  for (const other of [
    { code: 'x' },
    { code: 1, at: { seats: 1 } },
    { code: 'x', at: { seats: '1' } },
    null,
    'x',
  ])
    expect(isLike(sample, other)).toBe(false);
});
