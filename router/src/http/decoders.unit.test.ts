import { expect, test } from 'vitest';
import { Decoders } from './decoders.ts';

/** Bodies whose decoders run until the test ends them. */
function start() {
  const decoders = new Decoders();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const enter = (name: string) =>
    decoders.enter(name.charAt(0), () => {
      begun.push(name);
      const { promise, resolve } = Promise.withResolvers<void>();
      ends.set(name, resolve);
      return promise;
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { decoders, begun, enter, end };
}

test('four run at once, and the rest waits for them, clients in turn', async () => {
  const { decoders, begun, enter, end } = start();
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'b1', 'b2', 'c1']) enter(name);
  expect(decoders.counts).toEqual({ running: 4, waiting: 5 });
  expect(begun).toEqual(['a1', 'a2', 'a3', 'a4']);
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) await end(name);
  expect(begun.slice(4)).toEqual(['a5', 'b1', 'c1', 'a6', 'b2']);
  for (const name of begun) await end(name);
  expect(decoders.counts).toEqual({ running: 0, waiting: 0 });
});

test('what is taken out does not run, and takes nobody else out', async () => {
  const { decoders, begun, enter, end } = start();
  const [leave] = ['a1', 'a2', 'a3', 'a4'].map(enter);
  const leaveLast = enter('a5');
  enter('b1');
  leaveLast();
  expect(decoders.counts).toEqual({ running: 4, waiting: 1 });
  enter('a6');
  leave?.();
  leaveLast();
  await end('a1');
  await end('a2');
  expect(begun.slice(4)).toEqual(['b1', 'a6']);
});
