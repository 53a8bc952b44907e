import { describe, expect, test } from 'vitest';
import { isRefused } from '../refusal.ts';
import { startAdmission, statesOf } from './admission.fixture.ts';
import { Queue } from './queue.ts';

describe('operations, while more clients are refused than are done,', () => {
  const WORK = {};
  /** One runs, many wait that have come at once, and ten others are refused. */
  function press(more: Partial<Parameters<typeof startAdmission>[0]> = {}) {
    const limits = { clientInFlight: 1, inFlight: 1, queue: 200, ...more };
    const started = startAdmission(limits);
    const clients = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) => started.operation(`${name}${i}`));
    const first = clients('first', limits.inFlight);
    const burst = clients('burst', 100);
    started.advance(101);
    return { ...started, clients, first, burst };
  }

  test('do not wait, be they of clients with one each', async () => {
    const { clients, burst, advance, admission } = press();
    // Those who have come in a burst are served, if it was that alone: it is others who are refused.
    expect((await statesOf(clients('more', 10))).at(0)).toBe('503 OVERLOADED');
    expect(admission.counts.waiting).toBe(100);
    advance(50);
    clients('last', 1);
    expect(admission.counts.waiting).toBe(0);
    expect((await statesOf(burst)).indexOf('503 OVERLOADED')).toBe(0);
  });

  test('do not wait where less than one is done in a moment', () => {
    const calm = { max: 10, now: () => 0, endedIn: (ms: number) => ms / 10 };
    expect(new Queue({ ...calm, isPressed: () => true }).isFull(true)).toBe(true);
    expect(new Queue({ ...calm, isPressed: () => false }).isFull(true)).toBe(false);
  });

  test('are refused before their texts are there, once nothing waits', async () => {
    const { admission, clients, burst, advance, operation } = press();
    clients('more', 10);
    expect(isRefused(admission.enter('early'))).toBe(false);
    advance(50);
    clients('last', 1);
    expect((await statesOf(burst)).indexOf('503 OVERLOADED')).toBe(0);
    expect(isRefused(admission.enter('late'))).toBe(true);
    clients('later', 10);
    advance(1_000);
    expect((await statesOf([operation('calm')])).at(0)).toBe('waits');
  });

  test('run of one client half as many as in all', async () => {
    const { operation, clients, burst, advance, first } = press({ clientInFlight: 4, inFlight: 4 });
    clients('more', 10);
    advance(50);
    clients('last', 1);
    for (const { finish } of [...first, ...burst]) finish(WORK);
    const greedy = [operation('greedy'), operation('greedy'), operation('greedy')];
    // What waits would take the place of its own that ends, and again so, and nobody else would ever have one.
    expect(await statesOf(greedy)).toEqual(['runs', 'runs', '503 OVERLOADED']);
    expect(await statesOf([operation('other')])).toEqual(['runs']);
  });

  test('wait where as many are done', async () => {
    const { first, clients, burst, advance, admission } = press();
    clients('more', 10);
    // The end of each is the beginning of the next.
    for (const { finish } of [...first, ...burst.slice(0, 9)]) finish(WORK);
    advance(50);
    clients('last', 1);
    expect(admission.counts.waiting).toBeGreaterThan(50);
  });

  test('nor where they are refused for their own', () => {
    const { admission, entered, operation, advance } = startAdmission({ clientInFlight: 1, queue: 100 });
    const refusedOf = (name: string) => {
      for (let i = 0; i < 51; i += 1) entered(name);
      operation(name);
    };
    for (let i = 0; i < 10; i += 1) refusedOf(`greedy${i}`);
    expect(admission.counts.shed).toMatchObject({ client: 10, overload: 0 });
    for (let i = 0; i < 23; i += 1) operation(`other${i}`);
    advance(101);
    operation('last');
    expect(admission.counts.waiting).toBe(21);
  });

  test('run in a smaller number, if they are slow', () => {
    const { admission, operation, advance, clients, first } = press({ inFlight: 24 });
    const [usual] = first;
    usual?.finish(WORK);
    operation('next');
    advance(300);
    for (const { finish } of first.slice(1, 11)) finish(WORK);
    expect(admission.counts.limit).toBe(24);
    clients('more', 30);
    advance(50);
    for (const { finish } of first.slice(11)) finish(WORK);
    expect(admission.counts.limit).toBe(20);
  });
});
