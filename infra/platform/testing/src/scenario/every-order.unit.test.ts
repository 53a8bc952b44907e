import { int, key, table, text } from '@airline/database';
import type { DomainEvent } from '@airline/schema/events';
import { describe, expect, test, vi } from 'vitest';
import { everyOrder, scenarios } from './index.ts';

type Counting = {
  readonly counter: { readonly id: string; readonly count: number; readonly status: string };
};
type Counter = Counting['counter'];

const { given } = scenarios<Counting>({
  counter: table('counter', { id: key(), count: int(), status: text() }),
});

const none = { id: 'a', count: 0, status: 'OPEN' };

/** Changes the counter, or creates it. */
const change = (changed: (before: Counter) => Partial<Counter>, publish: readonly DomainEvent[] = []) => ({
  keys: { counter: 'a' },
  decide: ({ counter = none }: Partial<Counting>) => ({
    write: { counter: { ...counter, ...changed(counter) } },
    publish,
  }),
});

const said: DomainEvent = {
  type: 'ReservationSucceeded',
  data: { reservationId: 'r', customerId: 'c', flightId: 'f' },
};

const atLeast = (least: number) => change(({ count }) => ({ count: Math.max(count, least) }));
const close = change(() => ({ status: 'CLOSED' }));
const closeCounted = change(({ count }) => (count > 0 ? { status: 'CLOSED' } : {}));
const countOpen = change(({ count, status }) => (status === 'OPEN' ? { count: count + 1 } : {}));
const setOnce = (once: number) => change(({ count }) => ({ count: count || once }));
/** Publishes once, and only before it is closed. */
const sayOpen = {
  keys: { counter: 'a' },
  decide: ({ counter = none }: Partial<Counting>) => ({
    write: { counter: { ...counter, count: 1 } },
    publish: counter.count === 0 && counter.status === 'OPEN' ? [said] : [],
  }),
};

describe('every order of reactions, each of them again', () => {
  test('ends the same, with the scenario of the order given', () => {
    everyOrder(given(), [atLeast(2), close, atLeast(3)]).thenHolds({
      counter: [{ id: 'a', count: 3, status: 'CLOSED' }],
    });
  });

  test.each([
    ['counts again what a final state hides in the end', [countOpen, close], /comes again changes nothing/],
    ['publishes again', [change(() => ({}), [said])], /.*/],
    ['leaves nothing before its cause', [atLeast(2), closeCounted], /comes again changes nothing/],
    ['takes the first that comes', [setOnce(1), setOnce(2)], /the same rows/],
    ['publishes in one order only', [sayOpen, close], /the same events/],
  ])('fails where one %s', (_what, reactions, reason) => {
    expect(() => everyOrder(given(), reactions)).toThrow(reason);
  });

  test('is gone through once', () => {
    const decided = vi.fn(close.decide);
    everyOrder(given(), [{ ...close, decide: decided }]);
    // It and it again, and each as it is decided twice.
    expect(decided).toHaveBeenCalledTimes(4);
  });

  test('may be asked for the same rows alone', () => {
    everyOrder(given(), [sayOpen, close], 'ROWS').thenPublished(said);
  });
});
