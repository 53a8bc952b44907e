import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';

/** A queue of words that touch what their letters name; each batch runs until the test ends it. */
function start(lanes: number) {
  const batches: string[] = [];
  const abandoned = new Set<string>();
  const ends: (() => void)[] = [];
  const queue = createQueue<string, string>({
    lanes,
    commitDelayMs: 0,
    touches: (word) => [...word],
    abandoned: (word) => (abandoned.has(word) ? `no ${word}` : undefined),
    run: async (words) => {
      batches.push(words.join(' '));
      await new Promise<void>((end) => ends.push(end));
      return words.map((word) => word.toUpperCase());
    },
  });
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  return {
    queue,
    batches,
    abandoned,
    turn,
    end: async (batch: number) => {
      ends[batch]?.();
      await turn();
    },
  };
}

test('takes what comes in one turn as one batch, in order', async () => {
  const { queue, batches, turn, end } = start(2);
  const outcomes = Promise.all(['a', 'b', 'a'].map(queue.submit));
  await turn();
  expect(batches).toEqual(['a b a']);
  await end(0);
  expect(await outcomes).toEqual(['A', 'B', 'A']);
});

test('runs beside a batch what has nothing in common with it, nor with what waits for it', async () => {
  const { queue, batches, turn, end } = start(2);
  void queue.submit('a');
  await turn();
  for (const word of ['ab', 'b', 'c', 'a']) void queue.submit(word);
  await turn();
  expect(batches).toEqual(['a', 'c']);
  await end(0);
  expect(batches).toEqual(['a', 'c', 'ab b a']);
});

test('does not run what nobody waits for any more, nor holds others up for it', async () => {
  const { queue, batches, abandoned, turn, end } = start(2);
  void queue.submit('a');
  await turn();
  const given = queue.submit('ab');
  await turn();
  abandoned.add('ab');
  void queue.submit('b');
  await turn();
  expect(await given).toBe('no ab');
  await end(0);
  expect(batches).toEqual(['a', 'b']);
});

test('has no more batches under way than there are lanes', async () => {
  const { queue, batches, turn, end } = start(2);
  for (const word of ['a', 'b', 'c', 'd']) {
    void queue.submit(word);
    await turn();
  }
  expect(batches).toEqual(['a', 'b']);
  await end(1);
  expect(batches).toEqual(['a', 'b', 'c d']);
});

test('runs what waits before it closes, and takes no more', async () => {
  const { queue, batches, turn, end } = start(1);
  void queue.submit('a');
  await turn();
  const last = queue.submit('a');
  const closed = queue.close();
  await expect(queue.submit('b')).rejects.toThrow('closed');
  await end(0);
  await end(1);
  await closed;
  expect(await last).toBe('A');
  expect(batches).toEqual(['a', 'a']);
});
