import { expect, test } from 'vitest';
import { createRecent } from './recent.ts';

const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    event: `event ${from + index}`,
  }));

test('returns what it has, and undefined where entries are missing', () => {
  const recent = createRecent();
  expect(recent.read(0, 10)).toBeUndefined();
  recent.add(entries(5, 7));
  expect(recent.read(3, 10)).toBeUndefined();
  expect(recent.read(4, 2)).toEqual(entries(5, 6));
  expect(recent.read(6, 10)).toEqual(entries(7, 7));
  expect(recent.read(7, 10)).toBeUndefined();
});

test('returns what it has after a gap, too', () => {
  const recent = createRecent();
  expect(recent.since(0, 10)).toEqual([]);
  recent.add(entries(5, 7));
  expect(recent.since(0, 2)).toEqual(entries(5, 6));
  expect(recent.since(5, 10)).toEqual(entries(6, 7));
  expect(recent.since(7, 10)).toEqual([]);
});

test('drops what lies before a gap', () => {
  const recent = createRecent();
  recent.add(entries(1, 3));
  recent.add(entries(5, 6));
  expect(recent.read(1, 10)).toBeUndefined();
  expect(recent.read(4, 10)).toEqual(entries(5, 6));
});

test('keeps the end of a long log', () => {
  const recent = createRecent();
  for (let from = 1; from < 5000; from += 100) recent.add(entries(from, from + 99));
  expect(recent.read(1000, 10)).toBeUndefined();
  expect(recent.read(4500, 10)).toEqual(entries(4501, 4510));
});

test('discards up to a number', () => {
  const recent = createRecent();
  recent.add(entries(1, 5));
  recent.discard(3);
  expect(recent.read(0, 10)).toBeUndefined();
  expect(recent.read(3, 10)).toEqual(entries(4, 5));
  recent.discard(5);
  expect(recent.read(5, 10)).toBeUndefined();
  recent.add(entries(6, 6));
  expect(recent.read(5, 10)).toEqual(entries(6, 6));
});
