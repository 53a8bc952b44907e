import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { writeAtTurnEnd } from './turn-end.ts';

const written: number[] = [];
const write = (...which: number[]): void => {
  for (const one of which) writeAtTurnEnd(() => void written.push(one));
};

test('writes all of a turn at its end, in order', async () => {
  written.length = 0;
  write(1, 2);
  await Promise.resolve().then(() => write(3));
  expect(written).toEqual([]);
  await turn();
  expect(written).toEqual([1, 2, 3]);
});

test('writes sixteen at once, and the rest at the end', async () => {
  written.length = 0;
  const all = Array.from({ length: 20 }, (_, index) => index);
  write(...all);
  expect(written).toEqual(all.slice(0, 16));
  await turn();
  expect(written).toEqual(all);
});

test('writes in a later turn what a write leads to', async () => {
  written.length = 0;
  writeAtTurnEnd(() => write(2));
  write(1);
  await turn();
  expect(written).toEqual([1]);
  await turn();
  expect(written).toEqual([1, 2]);
});
