import { describe, expect, test } from 'vitest';
import { isRefused } from '../refusal.ts';
import { startAdmission, statesOf } from './admission.fixture.ts';
import { UNLIMITED } from './unlimited.fixture.ts';

describe('operations', () => {
  test('of one client run up to its bound, wait in their order, and beyond that are refused', async () => {
    const { operations, admission } = startAdmission();
    const all = operations('a', 6);
    expect(await statesOf(all)).toEqual([
      'runs',
      'runs',
      'waits',
      'waits',
      '429 TOO_MANY_REQUESTS',
      '429 TOO_MANY_REQUESTS',
    ]);
    all[1]?.finish();
    expect((await statesOf(all)).slice(0, 4)).toEqual(['runs', 'runs', 'runs', 'waits']);
    expect(admission.counts).toMatchObject({ running: 2, waiting: 1, shed: { client: 2 } });
  });

  test('of others run meanwhile, up to the bound of all', async () => {
    const { operations } = startAdmission();
    operations('a', 4);
    expect(await statesOf(operations('b', 3))).toEqual(['runs', 'waits', 'waits']);
  });

  test('that wait run by turns of their clients', async () => {
    const { operations } = startAdmission({ clientInFlight: 8, inFlight: 1, queue: 16 });
    const [running] = operations('a', 1);
    const a = operations('a', 3);
    const b = operations('b', 2);
    const order: string[] = [];
    let current = running;
    for (let step = 0; step < 5; step += 1) {
      current?.finish();
      await Promise.resolve();
      const named = [
        ...a.map((each, i) => [`a${i}`, each] as const),
        ...b.map((each, i) => [`b${i}`, each] as const),
      ];
      const next = named.find(([name, { seen }]) => seen.state === 'runs' && !order.includes(name));
      order.push(next?.[0] ?? 'none');
      current = next?.[1];
    }
    expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2']);
  });

  test('are refused where the queue is full, the newest of the client that waits for most', async () => {
    const { operations } = startAdmission({ clientInFlight: 1, inFlight: 1, queue: 4 });
    const [, ...a] = operations('a', 3);
    const b = operations('b', 2);
    expect(await statesOf([...a, ...b])).toEqual(['waits', 'waits', 'waits', 'waits']);
    const c = operations('c', 2);
    expect(await statesOf([...a, ...b])).toEqual(['waits', 'waits', 'waits', '503 OVERLOADED']);
    expect(await statesOf(c)).toEqual(['waits', '503 OVERLOADED']);
  });

  test('that have waited too long are refused, and no others', async () => {
    const { operations, pass, admission, timers } = startAdmission({ clientInFlight: 4, inFlight: 2 });
    const all = operations('a', 4);
    all[0]?.finish();
    pass();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'runs', '503 OVERLOADED']);
    expect(admission.counts).toMatchObject({ running: 2, waiting: 0, shed: { wait: 1 } });
    expect(timers.size).toBe(0);
  });

  test('whose client leaves give way, whether they wait, run or have not begun', async () => {
    const { operations, operation, entered, admission, timers } = startAdmission({ queue: 6 });
    const unread = entered('a');
    const [first, second, third, fourth] = operations('a', 4);
    third?.leave();
    first?.leave();
    first?.leave();
    // It runs to its end, such as a mutation does.
    expect(fourth && (await statesOf([fourth]))).toEqual(['waits']);
    first?.finish();
    expect(fourth && (await statesOf([fourth]))).toEqual(['runs']);
    for (const each of [second, fourth, unread]) {
      each?.leave();
      each?.finish();
    }
    expect(admission.counts).toMatchObject({ running: 0, waiting: 0 });
    expect(timers.size).toBe(0);
    expect(unread.start(100)).toMatchObject({ status: 503 });
    expect(operation('a').seen.state).toBe('runs');
  });

  test('that have their result make room for others, but count as their client’s until it has read that', () => {
    const { admission, entered } = startAdmission();
    for (let count = 0; count < 4; count += 1) {
      const visit = entered('a');
      visit.start(100);
      visit.finish();
    }
    expect(admission.counts.running).toBe(0);
    expect(admission.enter('a')).toMatchObject({ status: 429 });
    expect(isRefused(admission.enter('b'))).toBe(false);
  });

  test('have texts of so many bytes at most, of one client and of all, but for small ones', async () => {
    const { operation, admission } = startAdmission({ clientInFlight: 2, inFlight: 3, queue: 200 });
    const quarter = 512 * 1024;
    const a = [1, 2, 3, 4].map(() => operation('a', quarter));
    expect(await statesOf([...a, operation('a', quarter), operation('a')])).toEqual([
      'runs',
      'runs',
      'waits',
      'waits',
      '429 TOO_MANY_REQUESTS',
      'waits',
    ]);
    a[0]?.finish();
    a[2]?.finish();
    const again = [operation('a', quarter), operation('a', quarter)];
    expect((await statesOf(again)).filter((state) => state.startsWith('429'))).toHaveLength(1);
    for (const source of ['b', 'c', 'd']) for (let i = 0; i < 4; i += 1) operation(source, quarter);
    expect(await statesOf([operation('e', quarter), operation('e')])).toEqual(['503 OVERLOADED', 'waits']);
    expect(admission.counts.shed).toMatchObject({ client: 2, overload: 1 });
  });

  test('wait in a long queue at first, and once it stands in a short one, of which the newest are refused', async () => {
    const { operations, admission, advance } = startAdmission({ clientInFlight: 2, inFlight: 1, queue: 200 });
    const [running] = operations('a', 1);
    const burst = operations('a', 100);
    expect(admission.counts).toMatchObject({ waiting: 100, shed: { overload: 0 } });
    advance(50);
    // That one ends and the next begins is no reason to think that none has waited.
    running?.finish();
    advance(51);
    const [next] = operations('b', 1);
    expect(admission.counts).toMatchObject({ waiting: 32, shed: { overload: 68 } });
    expect((await statesOf(burst)).indexOf('503 OVERLOADED')).toBe(32);
    expect(next && (await statesOf([next]))).toEqual(['waits']);
  });

  test('are refused while the loop lags, but those of clients who have asked for little', async () => {
    const { operation, operations, lag } = startAdmission({ clientInFlight: 16, inFlight: 20, queue: 20 });
    operations('a', 2);
    lag(5_000);
    expect(operation('a').seen.state).toBe('503 OVERLOADED');
    expect(operation('b').seen.state).toBe('runs');
    lag(0);
    expect(operation('a').seen.state).toBe('runs');
    operations('c', 8);
    lag(5_000);
    // Others' load is no reason to refuse a client that has nothing in flight.
    expect(operation('d').seen.state).toBe('runs');
    expect(operation('d').seen.state).toBe('503 OVERLOADED');
  });

  test('are not refused by limits that leave all, however late the loop is', () => {
    const { operations, lag } = startAdmission(UNLIMITED);
    lag(60_000);
    expect(new Set(operations('a', 1_000).map(({ seen }) => seen.state))).toEqual(new Set(['runs']));
  });

  describe('of one client, while there are others,', () => {
    /** One client with twenty, beside another. */
    function besideAnother() {
      const started = startAdmission({ clientInFlight: 64, clientShare: 8, inFlight: 256, queue: 1_000 });
      const other = started.operation('b');
      other.finish();
      other.leave();
      return { ...started, all: started.operations('a', 20) };
    }
    const running = async (all: Parameters<typeof statesOf>[0]) =>
      (await statesOf(all)).filter((state) => state === 'runs').length;

    test('run up to its share, and the rest waits for them', async () => {
      const { all, operation, admission } = besideAnother();
      expect(await running(all)).toBe(8);
      all[0]?.finish();
      expect(await running(all)).toBe(9);
      expect(operation('b').seen.state).toBe('runs');
      expect(admission.counts).toMatchObject({ waiting: 11, shed: { client: 0, overload: 0 } });
    });

    test('wait for their own in a queue that is not shorter for standing long', async () => {
      const { operations, advance, admission } = besideAnother();
      advance(101);
      operations('b', 1);
      operations('a', 100);
      expect(admission.counts).toMatchObject({ waiting: 112, shed: { client: 0, overload: 0 } });
    });

    test('are refused as its own when they have waited too long', async () => {
      const { all, pass } = besideAnother();
      pass();
      expect((await statesOf(all)).slice(7, 9)).toEqual(['runs', '429 TOO_MANY_REQUESTS']);
    });

    test('run as ever once these have been away for a while, the oldest first', async () => {
      const { all, advance, operation } = besideAnother();
      advance(9_999);
      expect(operation('a').seen.state).toBe('waits');
      advance(1);
      expect(operation('a').seen.state).toBe('runs');
      expect(await running(all)).toBe(20);
    });

    test('are bounded while one of these still runs, however long it has been quiet', async () => {
      const { operation, operations, advance } = startAdmission({
        clientInFlight: 64,
        clientShare: 8,
        inFlight: 256,
      });
      operation('b');
      advance(60_000);
      expect(await running(operations('a', 9))).toBe(8);
    });

    test('are not bounded by others of long ago', async () => {
      const { operation, operations, advance } = startAdmission({
        clientInFlight: 64,
        clientShare: 8,
        inFlight: 256,
      });
      const long = operation('b');
      long.finish();
      long.leave();
      advance(60_000);
      expect(await running(operations('a', 20))).toBe(20);
    });
  });
});
