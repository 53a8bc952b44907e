import { account, deposit, idAt } from '@airline/testing/sample';
import { describe, expect, test } from 'vitest';
import { type Open, publishThousands, seqsOf, start, upTo } from './harness.fixture.ts';

const LONG_AGO = new Date('2020-01-01T00:00:00.000Z');

export function deleteExpiredContract(open: Open): void {
  describe('retention', () => {
    test('removes what was published up to a number, and counts on, even when nothing is left', async () => {
      const { store, clock, reopen } = await start(open);
      await Promise.all(upTo(10).map(() => store.transact(deposit('a', 1))));
      await store.deleteExpired({ outbox: 4, inbox: LONG_AGO, droppedLetters: LONG_AGO });
      expect(await seqsOf(store)).toEqual([5, 6, 7, 8, 9, 10]);
      expect(await store.log.last()).toBe(10);
      clock.at = new Date(clock.at.getTime() + 60_000);
      await store.transact(deposit('a', 1));
      expect(await store.log.lastBefore(clock.at)).toBe(10);

      await store.deleteExpired({ outbox: 11, inbox: LONG_AGO, droppedLetters: LONG_AGO });
      expect(await seqsOf(store)).toEqual([]);
      expect(await store.log.last()).toBe(11);
      expect(await store.log.age(0, clock.at)).toBe(0);
      await store.close();
      const again = (await reopen()).store;
      expect(await again.log.last()).toBe(11);
      await again.transact(deposit('a', 1));
      expect(await seqsOf(again)).toEqual([12]);
    });

    test('removes what was handled of events from before an instant, for every consumer', async () => {
      const { store, clock } = await start(open);
      const limit = clock.at;
      const old = idAt(new Date(limit.getTime() - 1));
      const recent = idAt(limit);
      const handle = (consumer: string, eventId: string) =>
        store.handle({ consumer, eventId }, { keys: {}, decide: () => ({}) });
      for (const consumer of ['reservation', 'payment']) {
        await Promise.all([handle(consumer, old), handle(consumer, recent)]);
      }
      await store.deleteExpired({ outbox: 0, inbox: limit, droppedLetters: LONG_AGO });
      expect(await Promise.all([handle('reservation', old), handle('payment', old)])).toEqual([true, true]);
      expect(await Promise.all([handle('reservation', recent), handle('payment', recent)])).toEqual([
        false,
        false,
      ]);
    });

    test('removes letters that were dropped before an instant, and no others', async () => {
      const { store, clock } = await start(open);
      const { deadLetters } = store;
      const letter = {
        ...{ consumer: 'reservation', stream: 'airline:flight', seq: 1, event: '{}', eventType: 'Paid' },
        ...{ error: 'no', deliveries: 5, diedAt: LONG_AGO.toISOString() },
      };
      for (const eventId of ['old', 'recent', 'waiting']) await deadLetters.add({ ...letter, eventId });
      const drop = { by: 'olga', reason: 'settled' };
      await deadLetters.drop(['old'], drop);
      clock.at = new Date(clock.at.getTime() + 1);
      await deadLetters.drop(['recent'], drop);
      await store.deleteExpired({ outbox: 0, inbox: LONG_AGO, droppedLetters: clock.at });
      expect((await deadLetters.dropped()).map(({ eventId }) => eventId)).toEqual(['recent']);
      expect((await deadLetters.list()).map(({ eventId }) => eventId)).toEqual(['waiting']);
    });

    test('removes thousands, and touches no rows', async () => {
      const { store, clock } = await start(open);
      await publishThousands(store, clock.at);
      await store.deleteExpired({ outbox: 2499, inbox: clock.at, droppedLetters: LONG_AGO });
      expect(await seqsOf(store)).toEqual([2500]);
      expect(await store.read.count(account)).toBe(1);
      await store.deleteExpired({ outbox: 2499, inbox: clock.at, droppedLetters: LONG_AGO });
      expect(await seqsOf(store)).toEqual([2500]);
    });
  });
}
