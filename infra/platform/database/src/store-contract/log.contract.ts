import { deposit, unfit } from '@airline/testing/sample';
import { describe, expect, test } from 'vitest';
import { type Open, start, upTo } from './harness.fixture.ts';

export function logContract(open: Open): void {
  describe('its log', () => {
    test('is read above a number, in order, up to a limit', async () => {
      const { store } = await start(open);
      await Promise.all(upTo(5).map((amount) => store.transact(deposit(`a${amount}`, amount))));
      const read = async (after: number, limit: number) =>
        (await store.log.read(after, limit)).map(({ seq, event }) => [seq, JSON.parse(event).subject]);
      expect(await read(0, 2)).toEqual([
        [1, 'a1'],
        [2, 'a2'],
      ]);
      expect(await read(3, 10)).toEqual([
        [4, 'a4'],
        [5, 'a5'],
      ]);
      expect(await read(5, 10)).toEqual([]);
    });

    test('knows its last number, and 0 at first', async () => {
      const { store } = await start(open);
      expect(await store.log.last()).toBe(0);
      await store.transact(deposit('a', 1));
      await store.transact(deposit('a', 1));
      expect(await store.log.last()).toBe(2);
    });

    test('finds the last entry before an instant', async () => {
      const { store, clock } = await start(open);
      const at = (minute: number) => new Date(Date.UTC(2024, 10, 21, 10, minute));
      expect(await store.log.lastBefore(at(59))).toBe(0);
      for (const minute of [1, 2, 2, 2, 5, 8, 8]) {
        clock.at = at(minute);
        await store.transact(deposit('a', 1));
      }
      const found = await Promise.all(
        [0, 1, 2, 3, 5, 6, 8, 9].map((minute) => store.log.lastBefore(at(minute))),
      );
      expect(found).toEqual([0, 0, 1, 4, 4, 5, 5, 7]);
    });

    test('returns the age of the first entry above a number', async () => {
      const { store, clock } = await start(open);
      const seconds = (count: number) => new Date(Date.UTC(2024, 10, 21, 10, 0, count));
      expect(await store.log.age(0, seconds(100))).toBe(0);
      for (const second of [10, 20]) {
        clock.at = seconds(second);
        await store.transact(deposit('a', 1));
      }
      const ages = await Promise.all([0, 1, 2].map((after) => store.log.age(after, seconds(30))));
      expect(ages).toEqual([20_000, 10_000, 0]);
      expect(await store.log.age(0, seconds(5))).toBe(0);
    });

    test('calls back once for each commit that appended, until it is stopped', async () => {
      const { store } = await start(open);
      const found: number[][] = [];
      const pending: Promise<unknown>[] = [];
      const stop = store.log.onAppend(() => {
        pending.push(store.log.read(0, 10).then((entries) => found.push(entries.map(({ seq }) => seq))));
      });
      await Promise.all([store.transact(deposit('a', 1)), store.transact(deposit('a', 1))]);
      await store.transact({ keys: { account: 'a' }, decide: () => ({ result: 0 }) });
      const refused = { keys: {}, decide: () => ({ publish: [unfit('a')], result: 0 }) };
      await Promise.allSettled([
        store.transact(refused),
        store.transact({ keys: {}, decide: () => ({ result: 0 }) }),
      ]);
      await store.handle({ consumer: 'c', eventId: 'e' }, deposit('a', 1));
      stop();
      await store.transact(deposit('a', 1));
      await Promise.all(pending);
      expect(found).toEqual([
        [1, 2],
        [1, 2, 3],
      ]);
    });

    test('keeps the position of each reader', async () => {
      const { store, reopen } = await start(open);
      expect(await store.log.position('one')).toBe(0);
      await store.log.advance('one', 3);
      await store.log.advance('one', 5);
      await store.log.advance('other', 2);
      expect(await store.log.position('one')).toBe(5);
      await store.close();
      const { log } = (await reopen()).store;
      expect([await log.position('one'), await log.position('other')]).toEqual([5, 2]);
    });

    test('counts the starts at one position', async () => {
      const { store } = await start(open);
      const { log } = store;
      expect([await log.start('one'), await log.start('one'), await log.start('other')]).toEqual([1, 2, 1]);
      expect(await log.position('one')).toBe(0);
      await log.advance('one', 4);
      expect([await log.start('one'), await log.start('one')]).toEqual([1, 2]);
      expect(await log.position('one')).toBe(4);
      await log.advance('one', 4);
      expect(await log.start('one')).toBe(1);
    });
  });
}
