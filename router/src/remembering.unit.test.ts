import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

function counting() {
  const read: string[] = [];
  const remembered = remembering(2, (text) => {
    read.push(text);
    if (text === 'bad') throw new Error('It is bad.');
    return { text };
  });
  return { read, remembered };
}

test('a text is read once, until there are too many', () => {
  const { read, remembered } = counting();
  expect(['a', 'b', 'a', 'c', 'c', 'a'].map((text) => remembered(text).text)).toEqual([
    'a',
    'b',
    'a',
    'c',
    'c',
    'a',
  ]);
  expect(read).toEqual(['a', 'b', 'c', 'a']);
});

test('what is thrown is thrown again', () => {
  const { read, remembered } = counting();
  expect(() => remembered('bad')).toThrow('It is bad.');
  expect(() => remembered('bad')).toThrow('It is bad.');
  expect(read).toEqual(['bad', 'bad']);
});
