import { expect, test } from 'vitest';
import { dayOf } from './format.ts';
import { followToday } from './today.ts';

test('the day changes soon after midnight, without anything else happening', () => {
  let now = Date.UTC(2026, 10, 22, 12);
  let look = () => {};
  const today = followToday(
    () => now,
    (run) => {
      look = run;
    },
  );
  const days: string[] = [];
  today.follow(() => days.push(today.get()));
  look();
  expect(days).toEqual([]);
  now += 86_400_000;
  look();
  expect(days).toEqual([dayOf(now)]);
});
