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

/** How many were planned in each turn of the event loop. */
async function turnsOf(plans: () => number, all: Promise<unknown>): Promise<readonly number[]> {
  let isOver = false;
  const ended = all.then(() => {
    isOver = true;
  });
  const steps: number[] = [];
  for (let before = plans(); !isOver; before = plans()) {
    await loopTurn();
    steps.push(plans() - before);
  }
  await ended;
  return steps;
}

test('the event loop has a turn after each', async () => {
  const { flood, plans } = flooded();
  expect(Math.max(...(await turnsOf(plans, flood())))).toBe(1);
  expect(plans()).toBe(MANY);
});

test('a document that is known is planned in turn, too, where its conditions are new', async () => {
  const { pipeline, plans } = createTestPipeline();
  const names = ['a', 'b', 'c', 'd'];
  const query = `query (${names.map((name) => `$${name}: Boolean!`)}) {
    ${names.map((name) => `${name}: paid @include(if: $${name})`).join(' ')} flights { code }
  }`;
  const outcome = (bits: number) => {
    const variables = Object.fromEntries(names.map((name, bit) => [name, ((bits >> bit) & 1) === 1]));
    return pipeline.prepare({ query, variables }, client);
  };
  await outcome(0);
  const others = Promise.all(Array.from({ length: 15 }, (_, index) => outcome(index + 1)));
  expect(Math.max(...(await turnsOf(plans, others)))).toBe(1);
  expect(plans()).toBe(16);
});
