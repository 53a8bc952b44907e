import { setImmediate as loopTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OPERATOR } from '../request.ts';
import { Turns } from './turns.ts';

/** Documents that take 10 ms each, by a clock that the test drives. */
function reading() {
  let now = 0;
  /** When each rest is over. */
  const rests = new Map<() => void, number>();
  const read: string[] = [];
  const turns = new Turns({
    now: () => now,
    after: (ms, callback) => {
      rests.set(callback, now + ms);
      return () => void rests.delete(callback);
    },
  });
  const take = (source: string, ms = 10) => {
    turns.see(source);
    return turns.take(source, () => {
      now += ms;
      read.push(source);
    });
  };
  const advance = (ms: number) => {
    now += ms;
    for (const [callback, end] of rests) {
      if (end > now) continue;
      rests.delete(callback);
      callback();
    }
  };
  /** What has been read once nothing more happens by itself, after so many ms. */
  const readAfter = async (ms: number) => {
    advance(ms);
    for (let i = 0; i < 20; i += 1) await loopTurn();
    return read.join('');
  };
  return { turns, take, advance, readAfter, rests: () => rests.size };
}

test('while there are others, a client rests after each of its documents three times as long as it took', async () => {
  const { take, readAfter } = reading();
  void take('b');
  for (let i = 0; i < 3; i += 1) void take('a');
  expect(await readAfter(0)).toBe('b');
  expect(await readAfter(10)).toBe('ba');
  void take('c');
  expect(await readAfter(10)).toBe('bac');
  expect(await readAfter(9)).toBe('bac');
  expect(await readAfter(1)).toBe('baca');
  expect(await readAfter(29)).toBe('baca');
  expect(await readAfter(1)).toBe('bacaa');
});

test('a client that comes again while it rests waits', async () => {
  const { take, readAfter } = reading();
  void take('b');
  void take('a');
  expect(await readAfter(0)).toBe('b');
  void take('b');
  expect(await readAfter(10)).toBe('ba');
  expect(await readAfter(9)).toBe('ba');
  expect(await readAfter(1)).toBe('bab');
});

test('all clients together rest after each document as long as it took, however many they are', async () => {
  const { take, readAfter } = reading();
  for (const source of ['a', 'b', 'c', 'd', 'e', 'f']) void take(source);
  expect(await readAfter(0)).toBe('a');
  expect(await readAfter(9)).toBe('a');
  expect(await readAfter(1)).toBe('ab');
  expect(await readAfter(9)).toBe('ab');
  expect(await readAfter(1)).toBe('abc');
});

test('but operators do not rest with them', async () => {
  const { take, readAfter } = reading();
  for (const source of ['a', 'b', OPERATOR]) void take(source);
  expect(await readAfter(0)).toBe(`a${OPERATOR}`);
  expect(await readAfter(10)).toBe(`a${OPERATOR}b`);
});

test('a client that is alone does not rest', async () => {
  const { take, readAfter, rests } = reading();
  for (let i = 0; i < 4; i += 1) void take('a');
  expect(await readAfter(0)).toBe('aaaa');
  expect(rests()).toBe(0);
});

test('nor does one whose others have been gone for a while', async () => {
  const { take, advance, readAfter, rests } = reading();
  void take('b');
  await readAfter(0);
  advance(10_000);
  void take('a');
  expect(await readAfter(0)).toBe('ba');
  expect(rests()).toBe(0);
});

test('nor one that has sent what turns out to be known', async () => {
  const { take, readAfter, rests } = reading();
  void take('b', 0.1);
  for (let i = 0; i < 3; i += 1) void take('a', 0.1);
  expect(await readAfter(0)).toBe('baaa');
  expect(rests()).toBe(0);
});

test('operators neither rest nor count as others', async () => {
  const { take, readAfter, rests } = reading();
  void take('a');
  void take(OPERATOR);
  void take('a');
  expect(await readAfter(0)).toBe(`a${OPERATOR}a`);
  expect(rests()).toBe(0);
});

test('what a reading throws is its client’s, and others have their turn', async () => {
  const { turns, take, readAfter } = reading();
  const failed = turns.take('a', () => {
    throw new Error('not this');
  });
  void take('b');
  await expect(failed).rejects.toThrow('not this');
  expect(await readAfter(0)).toBe('b');
});
