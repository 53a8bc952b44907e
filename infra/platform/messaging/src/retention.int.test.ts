import { idAt } from '@airline/testing/sample';
import { expect, test } from 'vitest';
import { applyRetention } from './retention.ts';
import { publisher, run } from './stream.fixture.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.UTC(2024, 10, 1);
const day = (count: number) => new Date(START + count * DAY_MS);

test('outbox rows stay for 7 days and inbox rows for 14, and what a group has yet to get stays longer', async () => {
  const clock = { at: day(0) };
  const source = publisher({ now: () => clock.at });
  const { store } = source.sample;
  const handled = run(0, 19).map((count) => ({ consumer: 'flight', eventId: idAt(day(count)) }));
  for (const count of run(0, 19)) {
    clock.at = day(count);
    await source.write(1);
  }
  const handle = () =>
    Promise.all(handled.map((message) => store.handle(message, { keys: {}, decide: () => ({}) })));
  await handle();
  const keptAfter = async (trimmable: number, now: Date) => {
    await applyRetention(store, { trimmableUpTo: async () => trimmable }, source, now);
    return (await source.log.read(0, 100)).map(({ seq }) => seq);
  };

  // Entry 1 is of day 0.
  expect(await keptAfter(3, day(20))).toEqual(run(4, 20));
  expect(await keptAfter(20, day(20))).toEqual(run(14, 20));
  expect((await handle()).filter((isNew) => isNew)).toHaveLength(6);
  expect(await keptAfter(20, day(100))).toEqual([]);
});
