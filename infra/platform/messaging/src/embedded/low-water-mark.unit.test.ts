import { expect, test } from 'vitest';
import { run } from '../stream.fixture.ts';
import { createLowWaterMark } from './low-water-mark.ts';

test('a low-water mark stays below what is not acknowledged, in any order of acknowledgements', () => {
  const mark = createLowWaterMark(10);
  expect(mark.seq()).toBe(10);
  mark.deliver(run(11, 15));
  expect(mark.seq()).toBe(10);
  const marks = [15, 12, 11, 13, 14].map((seq) => {
    mark.acknowledge([seq]);
    return mark.seq();
  });
  expect(marks).toEqual([10, 10, 12, 13, 15]);
  mark.deliver([16, 17]);
  mark.acknowledge([99, 16, 16]);
  expect(mark.seq()).toBe(16);
  mark.acknowledge([17]);
  expect(mark.seq()).toBe(17);
});
