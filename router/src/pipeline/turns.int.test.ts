import { setImmediate as loopTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { client, createTestPipeline } from './pipeline.fixture.ts';

const MANY = 20;

/** One client that sends many new documents at once, and what of them has been planned. */
function flooded() {
  const { pipeline, plans, prepared } = createTestPipeline();
  const prepare = (source: string, query: string) => pipeline.prepare({ query }, { ...client, source });
  const flood = () => Promise.all(Array.from({ length: MANY }, (_, n) => prepare('one', `{ a${n}: paid }`)));
  return { prepare, flood, plans, prepared };
}

test('another client has its turn after the next of the documents that one has sent', async () => {
  const { prepare, flood, plans } = flooded();
  const all = flood();
  await prepare('other', '{ flights { code } }');
  expect(plans()).toBeLessThanOrEqual(3);
  await all;
  expect(plans()).toBe(MANY + 1);
});

test('what is known waits for no document that is not', async () => {
  const { prepare, flood, plans, prepared } = flooded();
  await prepared('{ flights { code } }');
  const all = flood();
  await prepare('other', '{ flights { code } }');
  expect(plans()).toBe(1);
  await all;
});

test('the event loop has a turn after each', async () => {
  const { flood, plans } = flooded();
  let isOver = false;
  const all = flood().then(() => {
    isOver = true;
  });
  const steps: number[] = [];
  for (let before = plans(); !isOver; before = plans()) {
    await loopTurn();
    steps.push(plans() - before);
  }
  await all;
  expect(Math.max(...steps)).toBe(1);
});
