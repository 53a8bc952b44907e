import { expect, test } from 'vitest';
import { resultText } from './result-text.ts';

test('a result is serialised once, and equal ones are told apart', () => {
  let serialised = 0;
  const resultOf = (name: string) => ({
    data: {
      get name() {
        serialised += 1;
        return name;
      },
    },
  });
  const [first, second] = [resultOf('a'), resultOf('b')];
  expect([resultText(first), resultText(first), resultText(second)]).toEqual([
    '{"data":{"name":"a"}}',
    '{"data":{"name":"a"}}',
    '{"data":{"name":"b"}}',
  ]);
  expect(serialised).toBe(2);
});
