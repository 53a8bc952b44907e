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

test('a large one that several share is encoded once', () => {
  const { result, counted } = resultOf('ü'.repeat(20_000));
  const [first, second] = [resultBody(result), resultBody(result)];
  expect(first).toEqual(Buffer.from(JSON.stringify(result)));
  expect(second).toBe(first);
  // Once by this test.
  expect(counted.times).toBe(2);
});
