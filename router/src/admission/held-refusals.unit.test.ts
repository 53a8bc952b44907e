import { expect, test } from 'vitest';
import { OPERATOR } from '../request.ts';
import { HeldRefusals } from './held-refusals.ts';
import { overloaded, tooMany } from './refusals.ts';

/** Refusals by a clock that the test drives. */
function startHolding() {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  const refusals = new HeldRefusals({
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const advance = async (ms: number) => {
    now += ms;
    for (const timer of timers) {
      if (timer.at > now) continue;
      timers.delete(timer);
      timer.callback();
    }
    await Promise.resolve();
  };
  let sent = 0;
  /** How many of a client's are sent at once. */
  const refuse = (source: string, count: number, refused = tooMany) => {
    const held = Array.from({ length: count }, () => refusals.hold(source, refused));
    for (const each of held) void each?.then(() => (sent += 1));
    return held.filter((each) => each === undefined).length;
  };
  return { refuse, advance, sentLater: () => sent, timers };
}

test('sixteen of a client are sent at once, and more of them after a second, one in a millisecond', async () => {
  const { refuse, advance, sentLater, timers } = startHolding();
  expect(refuse('a', 100)).toBe(16);
  await advance(1_000);
  expect(sentLater()).toBe(0);
  await advance(1);
  expect(sentLater()).toBe(1);
  await advance(83);
  expect(sentLater()).toBe(84);
  expect(timers.size).toBe(0);
});

test('others’ are not held, nor those of a client that was refused long ago', async () => {
  const { refuse, advance } = startHolding();
  expect(refuse('a', 20)).toBe(16);
  expect(refuse('b', 5)).toBe(5);
  await advance(1_000);
  expect(refuse('a', 5)).toBe(5);
});

test('nor is what is refused for the load of all, or to operators', () => {
  const { refuse } = startHolding();
  expect(refuse('a', 100, overloaded)).toBe(100);
  expect(refuse(OPERATOR, 100)).toBe(100);
});

test('no more than 128 of a client are held, the rest is sent at once', async () => {
  const { refuse, advance, sentLater, timers } = startHolding();
  expect(refuse('a', 10_000)).toBe(10_000 - 128);
  await advance(1_128);
  expect(sentLater()).toBe(128);
  expect(timers.size).toBe(0);
});
