import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReplays } from './replays.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads pages of ten rows; a page that is read asks for the next one of its replay. */
function readers(replays = createReplays()) {
  const order: string[] = [];
  const start = (name: string, { client = '', isNear = false, pages = 1 } = {}) => {
    const read = async () => {
      order.push(name);
      if (pages > 1) start(name, { client, isNear, pages: pages - 1 });
      return 10;
    };
    return replays.read({ client, isNear, read });
  };
  return { order, start };
}

/** A millisecond for each turn of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await vi.advanceTimersByTimeAsync(1);
}

test('reads one page a turn, of each client and of each of its replays in turn', async () => {
  const { order, start } = readers();
  for (const name of ['a1', 'a2', 'a3']) start(name, { client: 'a', pages: 2 });
  start('b1', { client: 'b', pages: 2 });
  expect(order).toEqual([]);
  await turns(1);
  expect(order.length).toBeLessThan(8);
  await turns(8);
  expect(order.join(' ')).toBe('a1 b1 a2 b1 a3 a1 a2 a3');
});

test('reads what is nearly live first, without a budget', async () => {
  const { order, start } = readers(createReplays({ rowsPerSecond: 10 }));
  start('spends the budget', { pages: 2 });
  await turns(2);
  start('behind');
  start('near', { isNear: true, pages: 3 });
  await turns(4);
  expect(order.filter((name) => name === 'near')).toHaveLength(3);
  expect(order).not.toContain('behind');
});

test('reads no more rows than the budget, once what was saved is used up', async () => {
  const { order, start } = readers(createReplays({ rowsPerSecond: 100 }));
  start('long', { pages: 100 });
  await turns(50);
  const saved = order.length;
  expect(saved).toBeLessThanOrEqual(11);
  await vi.advanceTimersByTimeAsync(1000);
  expect(order.length - saved).toBeGreaterThanOrEqual(9);
  expect(order.length - saved).toBeLessThanOrEqual(11);
});

test('does not read for one who has gone', async () => {
  const { order, start } = readers();
  const gone = [start('gone'), start('gone too', { isNear: true })];
  start('stays');
  for (const turn of gone) turn.cancel();
  await Promise.all(gone.map(({ done }) => done));
  await turns(3);
  expect(order).toEqual(['stays']);
});

test('fails as its read does, and goes on', async () => {
  const replays = createReplays();
  const { order, start } = readers(replays);
  const read = () => Promise.reject(new Error('unavailable'));
  const failed = expect(replays.read({ client: '', isNear: false, read }).done).rejects.toThrow(
    'unavailable',
  );
  start('next');
  await turns(3);
  await failed;
  expect(order).toEqual(['next']);
});
