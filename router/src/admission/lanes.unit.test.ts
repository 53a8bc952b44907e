import { expect, onTestFinished, test } from 'vitest';
import { OPERATOR } from '../request.ts';
import { createLanes } from './lanes.ts';
import { tooMany } from './refusals.ts';
import { UNLIMITED } from './unlimited.fixture.ts';

test('what a client is refused again and again is held until the clock says so; what operators are is not', async () => {
  const timers: (() => void)[] = [];
  const lanes = createLanes({
    limits: UNLIMITED,
    costLimit: 0,
    clock: {
      now: () => 0,
      after: (_ms, callback) => {
        timers.push(callback);
        return () => {};
      },
    },
  });
  onTestFinished(lanes.close);
  const refusals = (source: string) => Array.from({ length: 17 }, () => lanes.hold(source, tooMany));
  expect(refusals(OPERATOR)).toEqual(Array(17).fill(undefined));
  const [held, ...atOnce] = refusals('192.0.2.1').toReversed();
  expect(atOnce).toEqual(Array(16).fill(undefined));
  for (const pass of timers) pass();
  expect(await held).toBeUndefined();
  expect(held).toBeInstanceOf(Promise);
});
