import { expect, test } from 'vitest';
import { throttled, untilSettled } from './throttled.ts';

/** A clock that the test moves. */
function newClock() {
  const timers: { at: number; run: () => void }[] = [];
  const runs: number[] = [];
  let now = 0;
  return {
    runs,
    run: () => void runs.push(now),
    later: (run: () => void, ms: number) => void timers.push({ at: now + ms, run }),
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.toSorted((one, other) => one.at - other.at);
        if (!next || next.at > end) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

test('it runs at once, then at most once a second, and once more at the end', () => {
  const { run, later, pass, runs } = newClock();
  const request = throttled(run, later);
  for (let count = 0; count < 30; count += 1) {
    request();
    pass(100);
  }
  pass(10_000);
  request();
  expect(runs).toEqual([0, 1_000, 2_000, 3_000, 13_000]);
});

test('what another service makes of pushes is looked for a few times more after the last one, and then no more', () => {
  const { run, later, pass, runs } = newClock();
  const pushed = untilSettled(run, later);
  pushed();
  pass(2_500);
  pushed();
  pass(120_000);
  expect(runs).toEqual([0, 2_000, 3_000, 10_000, 16_000, 36_000]);
});
