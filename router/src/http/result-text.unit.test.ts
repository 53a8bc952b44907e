import { expect, test } from 'vitest';
import { resultBody, resultText } from './result-text.ts';

/** A result that counts how often it is serialised. */
function resultOf(name: string) {
  const counted = { times: 0 };
  const data = {
    get name() {
      counted.times += 1;
      return name;
    },
  };
  return { result: { data }, counted };
}

test('a result is serialised once, and equal ones are told apart', () => {
  const [first, second] = [resultOf('a'), resultOf('b')];
  expect([resultText(first.result), resultBody(first.result), resultText(second.result)]).toEqual([
    '{"data":{"name":"a"}}',
    '{"data":{"name":"a"}}',
    '{"data":{"name":"b"}}',
  ]);
  expect([first.counted.times, second.counted.times]).toEqual([1, 1]);
});

test('a large one that several share is encoded once, and is the same bytes', () => {
  const { result, counted } = resultOf('ü'.repeat(20_000));
  const [first, second, third] = [resultBody(result), resultBody(result), resultBody(result)];
  expect(first).toBeInstanceOf(Buffer);
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(counted.times).toBe(1);
  expect(first).toEqual(Buffer.from(JSON.stringify(result)));
  const other = resultOf('o'.repeat(10_000)).result;
  expect(resultBody(other)).toBe(JSON.stringify(other));
});
