import { expect, test } from 'vitest';
import { forgetKey, keyOf } from './booking-keys.ts';

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
}

test('a booking has one key until it is forgotten, whatever is sent in between', () => {
  const kept = storage();
  const [one, other] = [keyOf('one', kept), keyOf('other', kept)];
  expect(one).not.toBe(other);
  expect([keyOf('one', kept), keyOf('other', kept)]).toEqual([one, other]);
  forgetKey('one', kept);
  expect(keyOf('one', kept)).not.toBe(one);
  expect(keyOf('other', kept)).toBe(other);
});
