import { expect, test } from 'vitest';
import { createProgress, duration } from './progress.ts';

test('progress says how many, how fast and how long, every two seconds and at the end', () => {
  const lines: string[] = [];
  let now = 0;
  const progress = createProgress({
    total: 6000,
    what: 'bookings',
    print: (line) => lines.push(line),
    clock: () => now,
  });
  for (; now < 4000; ) {
    now += 500;
    progress.add(500);
  }
  now += 1000;
  progress.add(2000);
  expect(lines).toEqual([
    'bookings: 2,000 of 6,000, 1,000/s, about 4 s left',
    'bookings: 4,000 of 6,000, 1,000/s, about 2 s left',
    'bookings: 6,000 of 6,000, 1,200/s, in 5 s',
  ]);
});

test.each([
  [0.2, '1 s'],
  [59.5, '1 min 0 s'],
  [150, '2 min 30 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
