import type { Reaction, State } from '@airline/database';
import type { DomainEvent } from '@airline/schema/events';
import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

/**
 * Reactions one after the other, and after each of them all so far again, which changes and publishes nothing: not only
 * at the end, where a final state may hide what was counted twice.
 */
export function eachAgain<S extends State>(
  before: Scenario<S>,
  reactions: readonly Reaction<S>[],
): Scenario<S> {
  return reactions.reduce((from, reaction, index) => {
    const after = from.when(reaction);
    for (const past of reactions.slice(0, index + 1)) {
      const again = after.when(past);
      expect(again.rows, 'an event that comes again changes nothing').toEqual(after.rows);
      again.thenPublished(...after.published);
    }
    return after;
  }, before);
}

/**
 * The same in every order of a few reactions (their number doubles, triples, … with each): the rows end the same. So do the
 * events, but for their order; `ROWS` is for a policy whose events say how far it is. Returns the scenario of the order given.
 */
export function everyOrder<S extends State>(
  before: Scenario<S>,
  reactions: readonly Reaction<S>[],
  same: 'ROWS' | 'ROWS_AND_EVENTS' = 'ROWS_AND_EVENTS',
): Scenario<S> {
  const [given = before, ...others] = ordersOf(reactions).map((order) => eachAgain(before, order));
  for (const other of others) {
    expect(other.rows, 'every order of the events has the same rows').toEqual(given.rows);
    if (same === 'ROWS_AND_EVENTS') {
      expect(sorted(other.published), 'every order of the events has the same events').toEqual(
        sorted(given.published),
      );
    }
  }
  return given;
}

/** All orders, that of the items first. */
const ordersOf = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) => ordersOf(items.toSpliced(index, 1)).map((others) => [item, ...others]));

const sorted = (events: readonly DomainEvent[]) => events.map((event) => JSON.stringify(event)).toSorted();
