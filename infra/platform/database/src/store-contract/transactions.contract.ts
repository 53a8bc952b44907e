import { account, deposit, opened, type SampleState, said, transfer, unfit } from '@airline/testing/sample';
import { like } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Command, Found, Reaction } from '../store.ts';
import { type Open, seqsOf, start, subjectsOf, upTo } from './harness.fixture.ts';

const failing = (reason: unknown): Command<SampleState, number> => ({
  keys: {},
  decide: () => {
    throw reason;
  },
});

/** Its second event is refused. */
const halfway = (id: string): Command<SampleState, number> => ({
  keys: { account: id },
  decide: () => ({ write: { account: opened(id) }, publish: [said(id, 1), unfit(id)], result: 1 }),
});

/** Its second row is refused: a column is missing. */
const lacking = (id: string): Command<SampleState, number> => {
  // @ts-expect-error: the amount is missing.
  const write: Found<SampleState> = { account: opened(id), transfer: { id, accountId: id } };
  return { keys: {}, decide: () => ({ write, publish: [said(id, 1)], result: 1 }) };
};

const everything = like(account.id, '%');

/** What decisions may rely on, one by one, in batches, for messages and over the life of a store. */
export function transactionContract(open: Open): void {
  decisions(open);
  batches(open);
  messages(open);
  life(open);
}

function decisions(open: Open): void {
  describe('in a transaction', () => {
    test('returns the result of the decision, and stores its row and its event', async () => {
      const { store } = await start(open);
      expect(await store.transact(deposit('a', 5))).toBe(5);
      expect(await store.transact(deposit('a', 2))).toBe(7);
      expect(await store.read.select(account, everything)).toEqual([opened('a', 7)]);
      const events = (await store.log.read(0, 10)).map(
        ({ event }) => JSON.parse(event).data.remainingSeatsCount,
      );
      expect(events).toEqual([5, 7]);
    });

    test('finds the rows that the keys name, and only those', async () => {
      const { store } = await start(open);
      await store.transact(deposit('a', 1));
      const found = await store.transact<unknown>({
        keys: { account: 'a', transfer: 'unknown' },
        decide: (rows) => ({ result: rows }),
      });
      expect(found).toEqual({ account: opened('a', 1), transfer: undefined });
      expect(await store.transact<unknown>({ keys: {}, decide: (rows) => ({ result: rows }) })).toEqual({});
    });

    test('writes several tables, replaces whole rows, and keeps null', async () => {
      const { store } = await start(open);
      const write = (note: string | null): Reaction<SampleState> => ({
        keys: {},
        decide: () => ({
          write: { account: { ...opened('a'), note }, transfer: { id: 't', accountId: 'a', amount: 3 } },
        }),
      });
      await store.handle({ consumer: 'c', eventId: '1' }, write('first'));
      await store.handle({ consumer: 'c', eventId: '2' }, write(null));
      expect(await store.read.select(account, everything)).toEqual([opened('a')]);
      expect(await store.read.select(transfer, like(transfer.id, '%'))).toEqual([
        { id: 't', accountId: 'a', amount: 3 },
      ]);
    });

    test('adds numbers to those of a row that is not named, within a batch and after it', async () => {
      const { store } = await start(open);
      const added = (amount: number, accountId: string): Command<SampleState, number> => ({
        keys: {},
        decide: () => ({ add: { transfer: { id: 't', accountId, amount } }, result: amount }),
      });
      const rows = () => store.read.select(transfer, like(transfer.id, '%'));
      await Promise.all([store.transact(added(3, 'a')), store.transact(added(4, 'b'))]);
      expect(await rows()).toEqual([{ id: 't', accountId: 'b', amount: 7 }]);
      await Promise.all([store.transact(added(-2, 'c')), store.transact(added(0, 'd'))]);
      expect(await rows()).toEqual([{ id: 't', accountId: 'd', amount: 5 }]);
      await Promise.allSettled([
        store.transact(added(1, 'e')),
        store.transact(halfway('f')),
        store.transact(added(1, 'e')),
      ]);
      expect(await rows()).toEqual([{ id: 't', accountId: 'e', amount: 7 }]);
    });

    test('refuses a row of another key than the one that is named, and so locked', async () => {
      const { store } = await start(open);
      await store.transact(deposit('b', 7));
      const { decide } = deposit('b', 1);
      await expect(store.transact({ keys: { account: 'a' }, decide })).rejects.toThrow(
        /another row of account than its keys name/,
      );
      expect(await store.read.select(account, everything)).toEqual([opened('b', 7)]);
    });

    test('reports on each transaction, and in which traces its decisions were made', async () => {
      const { store, reports } = await start(open);
      const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
      await Promise.all([
        store.transact({ ...deposit('a', 1), traceparent }),
        store.transact(deposit('b', 1)),
      ]);
      expect(reports).toEqual([
        {
          decisions: 2,
          attempts: 1,
          traceparents: [traceparent],
          begunAt: expect.any(Number),
          endedAt: expect.any(Number),
          failure: undefined,
        },
      ]);
      const { begunAt = 0, endedAt = 0 } = reports[0] ?? {};
      expect(endedAt).toBeGreaterThan(begunAt);
      expect(Math.abs(begunAt - Date.now())).toBeLessThan(60_000);
    });

    test('carries the trace on to what it publishes', async () => {
      const { store } = await start(open);
      const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
      await store.transact({ ...deposit('a', 1), traceparent });
      const [entry] = await store.log.read(0, 1);
      expect(JSON.parse(entry?.event ?? '')).toMatchObject({ traceparent });
    });
  });
}

function batches(open: Open): void {
  describe('in a batch', () => {
    test('commits the commands of one turn together, each seeing what those before it wrote', async () => {
      const { store, commits } = await start(open);
      const before = commits();
      const results = await Promise.all(upTo(100).map(() => store.transact(deposit('a', 1))));
      expect(results).toEqual(upTo(100));
      expect(commits() - before).toBe(1);
      expect(await seqsOf(store)).toEqual(upTo(100));
    });

    test('commits any number of commands, in order', async () => {
      const { store, commits } = await start(open);
      const before = commits();
      const results = await Promise.all(upTo(1000).map(() => store.transact(deposit('a', 1))));
      expect(results).toEqual(upTo(1000));
      expect(commits() - before).toBeLessThanOrEqual(8);
      expect(await seqsOf(store)).toEqual(upTo(1000));
    });

    test('rejects those that throw with what they threw, leaves nothing of them, and commits all others', async () => {
      const { store, commits } = await start(open);
      const before = commits();
      const reason = new Error('no');
      const outcomes = await Promise.allSettled([
        store.transact(deposit('a', 1)),
        store.transact(halfway('b')),
        store.transact(lacking('c')),
        store.transact(deposit('a', 1)),
        store.transact(failing(reason)),
        store.transact(failing('not even an error')),
        store.transact(deposit('a', 1)),
      ]);
      expect(outcomes).toEqual([
        { status: 'fulfilled', value: 1 },
        { status: 'rejected', reason: expect.objectContaining({ name: 'ZodError' }) },
        { status: 'rejected', reason: expect.any(Error) },
        { status: 'fulfilled', value: 2 },
        { status: 'rejected', reason },
        { status: 'rejected', reason: 'not even an error' },
        { status: 'fulfilled', value: 3 },
      ]);
      expect(await store.read.select(account, everything)).toEqual([opened('a', 3)]);
      // One failure among many does not cost each of them a flush to the disk.
      expect(commits() - before).toBe(1);
      expect(await subjectsOf(store)).toEqual([
        [1, 'a'],
        [2, 'a'],
        [3, 'a'],
      ]);
    });

    test('leaves nothing of a command that is alone and throws, and no gap in the log', async () => {
      const { store } = await start(open);
      await store.transact(deposit('a', 1));
      await expect(store.transact(halfway('b'))).rejects.toThrow();
      await expect(store.transact(lacking('c'))).rejects.toThrow();
      await store.transact(deposit('a', 1));
      expect(await seqsOf(store)).toEqual([1, 2]);
      expect(await store.read.count(account)).toBe(1);
    });
  });
}

function messages(open: Open): void {
  describe('handling a message', () => {
    const message = { consumer: 'reservation', eventId: 'e1' };

    test('does so once, within a batch and after it', async () => {
      const { store } = await start(open);
      const twice = [store.handle(message, deposit('a', 1)), store.handle(message, deposit('a', 1))];
      expect(await Promise.all(twice)).toEqual([true, false]);
      expect(await store.handle(message, deposit('a', 1))).toBe(false);
      expect(await store.read.select(account, everything)).toEqual([opened('a', 1)]);
      expect(await seqsOf(store)).toEqual([1]);
    });

    test('does so once for each consumer', async () => {
      const { store } = await start(open);
      expect(await store.handle(message, deposit('a', 1))).toBe(true);
      expect(await store.handle({ ...message, consumer: 'payment' }, deposit('a', 1))).toBe(true);
      expect(await seqsOf(store)).toEqual([1, 2]);
    });

    test('rolls the message back together with what its reaction did when that throws', async () => {
      const { store } = await start(open);
      const first = store.handle(message, halfway('b'));
      const second = store.handle(message, deposit('a', 1));
      await expect(first).rejects.toThrow();
      expect(await second).toBe(true);
      expect(await store.read.select(account, everything)).toEqual([opened('a', 1)]);
    });
  });
}

function life(open: Open): void {
  describe('over its life', () => {
    test('holds after a restart what it held, commits what waits when it closes, and counts on', async () => {
      const { store, reopen } = await start(open);
      await store.handle({ consumer: 'c', eventId: 'e' }, deposit('a', 1));
      const waiting = store.transact(deposit('a', 1));
      await store.close();
      expect(await waiting).toBe(2);
      await expect(store.transact(deposit('a', 1))).rejects.toThrow();

      const again = (await reopen()).store;
      expect(await again.read.select(account, everything)).toEqual([opened('a', 2)]);
      expect(await again.handle({ consumer: 'c', eventId: 'e' }, deposit('a', 1))).toBe(false);
      await again.transact(deposit('a', 1));
      expect(await seqsOf(again)).toEqual([1, 2, 3]);
    });

    test('fails its health check once it is closed', async () => {
      const { store } = await start(open);
      await store.ping();
      await store.close();
      await expect(store.ping()).rejects.toThrow();
    });
  });
}
