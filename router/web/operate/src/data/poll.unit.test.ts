import { expect, test } from 'vitest';
import type { GraphResult } from '#desk/data/graph.ts';
import { network } from '#desk/data/problem.ts';
import { createPoll } from './poll.ts';

/** A poll whose responses and waits the test gives. */
function start() {
  const asked: ((result: GraphResult<number>) => void)[] = [];
  const waits: (() => void)[] = [];
  const page = { isVisible: true };
  const poll = createPoll<number>({
    ask: () => new Promise((resolve) => asked.push(resolve)),
    everyMs: 3_000,
    now: () => asked.length,
    later: (run) => void waits.push(run),
    isVisible: () => page.isVisible,
  });
  const respond = async (result: GraphResult<number>) => {
    asked.at(-1)?.(result);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { poll, asked, waits, page, respond };
}

test('asks again after each response, and keeps what there was while there is none', async () => {
  const { poll, asked, waits, respond } = start();
  await respond({ data: 1 });
  expect(poll.get()).toEqual({ value: 1, at: 1 });
  waits.at(-1)?.();
  await respond({ problem: network });
  expect(poll.get()).toEqual({ value: 1, at: 1, problem: network });
  waits.at(-1)?.();
  await respond({ data: 3 });
  expect(poll.get()).toEqual({ value: 3, at: 3 });
  expect(asked).toHaveLength(3);
});

test('does not ask while the page is hidden, and asks once it is seen again', async () => {
  const { poll, asked, waits, page, respond } = start();
  await respond({ data: 1 });
  page.isVisible = false;
  waits.at(-1)?.();
  expect(asked).toHaveLength(1);
  page.isVisible = true;
  poll.again();
  expect(asked).toHaveLength(2);
});

test('never asks twice at the same time, and once more for those who came meanwhile', async () => {
  const { poll, asked, waits, respond } = start();
  poll.again();
  poll.again();
  expect(asked).toHaveLength(1);
  await respond({ data: 1 });
  expect(asked).toHaveLength(2);
  await respond({ data: 2 });
  expect(asked).toHaveLength(2);
  // What was asked for in between goes before the wait that had begun.
  const [wait] = waits;
  poll.again();
  await respond({ data: 3 });
  wait?.();
  expect(asked).toHaveLength(3);
});
