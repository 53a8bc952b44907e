import { describe, expect, test } from 'vitest';
import type { Graph, GraphResult } from './graph.ts';
import { at } from './rows.fixture.ts';
import { createFigures, minutesUntil, type Statistics } from './statistics.ts';

const MINUTE = 60_000;
const minute = (index: number, placed = 0) => ({
  at: at(index * MINUTE),
  placed,
  succeeded: 0,
  canceled: 0,
});
const placed = (minutes: readonly { placed: number }[]) => minutes.map((each) => each.placed);

describe('the last minutes', () => {
  const minutes = [minute(0, 3), minute(1, 2), minute(2, 1)];
  const seen = (ms: number) => minutesUntil(minutes, Date.parse(at(ms)));

  test('are as they were read within the last one of them, and before it by a clock that is behind', () => {
    expect(seen(2 * MINUTE)).toBe(minutes);
    expect(seen(3 * MINUTE - 1)).toBe(minutes);
    expect(seen(0)).toBe(minutes);
    expect(minutesUntil([], Date.now())).toEqual([]);
  });

  test('move on without a push, to minutes in which nothing happened', () => {
    expect(placed(seen(3 * MINUTE))).toEqual([2, 1, 0]);
    expect(seen(4 * MINUTE + 5)).toEqual([minute(2, 1), minute(3), minute(4)]);
    expect(seen(400 * MINUTE)).toEqual([minute(398), minute(399), minute(400)]);
  });
});

test('the figures are read again when a minute in which something happened is over for them', async () => {
  const waits: { run: () => void; ms: number }[] = [];
  const statistics = { minutes: [minute(0), minute(1, 2), minute(2)] };
  let reads = 0;
  const query: Graph['query'] = async <Data>(): Promise<GraphResult<Data>> => {
    reads += 1;
    return { data: { statistics: statistics as Statistics } as Data };
  };
  const { loader, value } = createFigures({
    graph: { query, mutate: query },
    now: () => Date.parse(at(2 * MINUTE + 20_000)),
    later: (run, ms) => void waits.push({ run, ms }),
  });
  loader.request();
  await expect.poll(() => value.get()).toBe(statistics);
  expect(waits.map(({ ms }) => ms)).toEqual([MINUTE + 40_000]);
  statistics.minutes = [minute(2), minute(3), minute(4)];
  waits.shift()?.run();
  await expect.poll(() => reads).toBe(2);
  expect(waits).toEqual([]);
});
