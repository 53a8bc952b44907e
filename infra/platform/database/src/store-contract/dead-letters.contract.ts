import { account, deposit, opened, unfit } from '@airline/testing/sample';
import { like } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { DeadLetter } from '../store.ts';
import { type Open, seqsOf, start } from './harness.fixture.ts';

const letter = (seq: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
  eventId: `e${seq}`,
  consumer: 'reservation',
  stream: 'airline:flight',
  seq,
  event: `{"seq":${seq}}`,
  eventType: 'SeatsSoldOut',
  error: 'it did not work',
  deliveries: 5,
  diedAt: `2024-11-21T10:00:0${seq}.000Z`,
  ...more,
});

const accounts = like(account.id, '%');

export function deadLetterContract(open: Open): void {
  describe('its dead letters', () => {
    test('are listed as they came, oldest first, up to a limit', async () => {
      const { store, reopen } = await start(open);
      for (const seq of [3, 1, 2]) expect(await store.deadLetters.add(letter(seq))).toBe(true);
      expect(await store.deadLetters.list()).toEqual([letter(1), letter(2), letter(3)]);
      expect(await store.deadLetters.list(2)).toEqual([letter(1), letter(2)]);
      await store.close();
      expect(await (await reopen()).store.deadLetters.list()).toEqual([letter(1), letter(2), letter(3)]);
    });

    test('count as handled', async () => {
      const { store } = await start(open);
      await store.deadLetters.add(letter(1));
      expect(await store.handle({ consumer: 'reservation', eventId: 'e1' }, deposit('a', 1))).toBe(false);
      expect(await store.handle({ consumer: 'payment', eventId: 'e1' }, deposit('a', 1))).toBe(true);
    });

    test('are not made of an event that was handled, nor twice', async () => {
      const { store } = await start(open);
      await store.handle({ consumer: 'reservation', eventId: 'e1' }, deposit('a', 1));
      expect(await store.deadLetters.add(letter(1))).toBe(false);
      expect(await store.deadLetters.add(letter(2))).toBe(true);
      expect(await store.deadLetters.add(letter(2, { error: 'another' }))).toBe(false);
      expect(await store.deadLetters.list()).toEqual([letter(2)]);
    });

    test('are replayable on request, some or all', async () => {
      const { store } = await start(open);
      const { deadLetters } = store;
      for (const seq of [1, 2, 3]) await deadLetters.add(letter(seq));
      expect(await deadLetters.replayable(10)).toEqual([]);
      expect(await deadLetters.requestReplay({ eventIds: ['e2', 'unknown'] })).toBe(1);
      expect(await deadLetters.replayable(10)).toEqual([letter(2)]);
      expect(await deadLetters.requestReplay({ eventIds: [] })).toBe(0);
      expect(await deadLetters.requestReplay()).toBe(2);
      expect(await deadLetters.replayable(2)).toEqual([letter(1), letter(2)]);
      expect(await deadLetters.requestReplay()).toBe(0);
    });

    test('are replayable by the type of their events', async () => {
      const { store } = await start(open);
      const { deadLetters } = store;
      for (const seq of [1, 2]) await deadLetters.add(letter(seq));
      await deadLetters.add(letter(3, { eventType: 'Paid' }));
      expect(await deadLetters.requestReplay({ eventType: 'Unknown' })).toBe(0);
      expect(await deadLetters.requestReplay({ eventType: 'SeatsSoldOut', eventIds: ['e2', 'e3'] })).toBe(1);
      expect(await deadLetters.requestReplay({ eventType: 'SeatsSoldOut' })).toBe(1);
      expect(await deadLetters.replayable(10)).toEqual([letter(1), letter(2)]);
    });

    test('are dropped for good, with who did that, when and why', async () => {
      const { store, clock } = await start(open);
      const { deadLetters } = store;
      for (const seq of [1, 2, 3]) await deadLetters.add(letter(seq));
      await deadLetters.requestReplay({ eventIds: ['e2'] });
      const drop = { by: 'olga', reason: 'booked by hand' };
      const droppedAt = clock.at.toISOString();
      expect(await deadLetters.drop(['e1', 'e2', 'unknown'], drop)).toBe(2);
      expect(await deadLetters.drop(['e1', 'e2'], { by: 'oleg', reason: 'again' })).toBe(0);

      const by = { droppedBy: 'olga', dropReason: 'booked by hand', droppedAt };
      expect(new Set(await deadLetters.dropped())).toEqual(
        new Set([
          { ...letter(1), ...by },
          { ...letter(2), ...by },
        ]),
      );
      expect(await deadLetters.dropped(1)).toHaveLength(1);
      expect(await deadLetters.list()).toEqual([letter(3)]);
      expect(await deadLetters.count()).toBe(1);
      expect(await deadLetters.requestReplay()).toBe(1);
      expect(await deadLetters.replayable(10)).toEqual([letter(3)]);
      const message = { consumer: 'reservation', eventId: 'e1' };
      expect(await store.replay(message, deposit('a', 1))).toBe(false);
      expect(await store.handle(message, deposit('a', 1))).toBe(false);
      expect(await deadLetters.add(letter(1))).toBe(false);
      expect(await store.read.count(account)).toBe(0);
    });

    test('are kept when a replay fails, with the new error, until the next request', async () => {
      const { store } = await start(open);
      const { deadLetters } = store;
      await deadLetters.add(letter(1));
      await deadLetters.add(letter(2));
      await deadLetters.requestReplay();
      await deadLetters.markReplayFailed(letter(1), 'still wrong');
      expect(await deadLetters.replayable(10)).toEqual([letter(2)]);
      expect(await deadLetters.list()).toEqual([
        letter(1, { error: 'still wrong', deliveries: 6 }),
        letter(2),
      ]);
      expect(await deadLetters.requestReplay()).toBe(1);
    });

    test('are gone when they were replayed, and handled once', async () => {
      const { store } = await start(open);
      await store.deadLetters.add(letter(1));
      const message = { consumer: 'reservation', eventId: 'e1' };
      const replays = [store.replay(message, deposit('a', 1)), store.replay(message, deposit('a', 1))];
      expect(await Promise.all(replays)).toEqual([true, false]);
      expect(await store.replay(message, deposit('a', 1))).toBe(false);
      expect(await store.deadLetters.list()).toEqual([]);
      expect(await store.read.select(account, accounts)).toEqual([opened('a', 1)]);
      expect(await store.handle(message, deposit('a', 1))).toBe(false);
      expect(await seqsOf(store)).toEqual([1]);
    });

    test('stay, and nothing else is left, when the replay throws', async () => {
      const { store } = await start(open);
      await store.deadLetters.add(letter(1));
      const reaction = {
        keys: {},
        decide: () => ({ write: { account: opened('a') }, publish: [unfit('a')] }),
      };
      await expect(store.replay({ consumer: 'reservation', eventId: 'e1' }, reaction)).rejects.toThrow();
      expect(await store.deadLetters.list()).toEqual([letter(1)]);
      expect(await store.read.count(account)).toBe(0);
    });
  });
}
