import { setImmediate as loopTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OPERATOR } from '../request.ts';
import { Turns } from './turns.ts';

/** Documents that take 10 ms each, by a clock that the test drives. */
function reading() {
  let now = 0;
  const rests = new Map<() => void, number>();
  const read: string[] = [];
  const turns = new Turns({
    now: () => now,
    after: (ms, callback) => {
      rests.set(callback, ms);
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
  };
  /** Until nothing more happens by itself. */
  const settled = async () => {
    for (let i = 0; i < 20; i += 1) await loopTurn();
    return read.join('');
  };
  const endRests = () => {
    for (const callback of rests.keys()) {
      rests.delete(callback);
      callback();
    }
  };
  return { turns, take, advance, settled, rests: () => [...rests.values()], endRests, read };
}

test('while there are others, a client rests after each of its documents three times as long as it took', async () => {
  const { take, settled, rests, endRests } = reading();
  void take('b');
  for (let i = 0; i < 3; i += 1) void take('a');
  expect(await settled()).toBe('ba');
  expect(rests()).toEqual([30, 30]);
  void take('c');
  expect(await settled()).toBe('bac');
  endRests();
  expect(await settled()).toBe('baca');
  endRests();
  expect(await settled()).toBe('bacaa');
});

test('a client that comes again while it rests waits', async () => {
  const { take, settled, endRests } = reading();
  void take('b');
  void take('a');
  await settled();
  void take('a');
  expect(await settled()).toBe('ba');
  endRests();
  expect(await settled()).toBe('baa');
});

test('a client that is alone does not rest', async () => {
  const { take, settled, rests } = reading();
  for (let i = 0; i < 4; i += 1) void take('a');
  expect(await settled()).toBe('aaaa');
  expect(rests()).toEqual([]);
});

test('nor does one whose others have been gone for a while', async () => {
  const { take, advance, settled, rests } = reading();
  void take('b');
  await settled();
  advance(10_000);
  void take('a');
  expect(await settled()).toBe('ba');
  expect(rests()).toEqual([]);
});

test('nor one that has sent what turns out to be known', async () => {
  const { take, settled, rests } = reading();
  void take('b', 0.1);
  for (let i = 0; i < 3; i += 1) void take('a', 0.1);
  expect(await settled()).toBe('baaa');
  expect(rests()).toEqual([]);
});

test('operators neither rest nor count as others', async () => {
  const { take, settled, rests } = reading();
  void take('a');
  void take(OPERATOR);
  void take('a');
  expect(await settled()).toBe(`a${OPERATOR}a`);
  expect(rests()).toEqual([]);
});

test('what a reading throws is its client’s, and others have their turn', async () => {
  const { turns, take, settled } = reading();
  const failed = turns.take('a', () => {
    throw new Error('not this');
  });
  void take('b');
  await expect(failed).rejects.toThrow('not this');
  expect(await settled()).toBe('b');
});
