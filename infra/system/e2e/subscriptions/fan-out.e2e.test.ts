import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { allAreThere } from './all-are-there.ts';
import { gather } from './crowd.ts';
import { startStubGraph } from './stub-graph.ts';

const SAME =
  'subscription { customerInfoUpdated { flightCount customer { reservations(first: 1) { totalCount } } } }';
const OWN =
  'subscription ($id: ID) { customerInfoUpdated(customerId: $id) { flightCount customer { reservations(first: 1) { totalCount } } } }';

const EVENTS = 20;
const all = Array.from({ length: EVENTS }, (_, index) => index + 1);

describe('subscribers share what the router does for them', () => {
  test('10,000 of the same operation: one upstream, one execution for each event', async () => {
    await using graph = await startStubGraph();
    const crowd = await gather(graph.url, { sockets: 20, each: 500, payload: () => ({ query: SAME }) });
    await until('the router has subscribed', () => graph.upstreams() === 1);
    await allAreThere(
      graph,
      [crowd],
      belowZero((count) => graph.push('c', count)),
    );
    const fetched = graph.fetches();
    for (const count of all) graph.push('c', count);
    await until('everyone has the last event, or has ended', () =>
      crowd.subscribers.every(({ counts, ended }) => ended || counts.at(-1) === EVENTS),
    );

    expect(graph.begun()).toBe(1);
    expect(graph.fetches() - fetched).toBe(EVENTS);
    const outcomes = crowd.subscribers.map(
      ({ counts, ended }) => ended ?? counts.filter((count) => count > 0).join(),
    );
    const allowed = [all.join(), 'SLOW_CONSUMER'];
    expect(outcomes.filter((outcome) => !allowed.includes(outcome))).toEqual([]);
    await crowd.close();
    await until('the upstream is gone', () => graph.upstreams() === 0);
  });

  test('1,000 with variables of their own: an event costs as much as the groups that it concerns', async () => {
    await using graph = await startStubGraph();
    const idOf = (index: number) => `c${index % 500}`;
    const payload = (index: number) => ({ query: OWN, variables: { id: idOf(index) } });
    const crowd = await gather(graph.url, { sockets: 10, each: 100, payload });
    await until('each group has its upstream', () => graph.upstreams() === 500);
    const concerned = crowd.subscribers.filter((_, index) => idOf(index) === 'c7');
    expect(concerned).toHaveLength(2);
    await allAreThere(
      graph,
      [crowd],
      belowZero((count) => graph.push('c7', count)),
      concerned,
    );
    const fetched = graph.fetches();
    for (const count of all) expect(graph.push('c7', count)).toBe(1);
    await until('those concerned have it all', () =>
      concerned.every(({ counts }) => counts.at(-1) === EVENTS),
    );

    expect(concerned.map(({ counts }) => counts.filter((count) => count > 0))).toEqual([all, all]);
    expect(graph.fetches() - fetched).toBe(EVENTS);
    const others = crowd.subscribers.filter((subscriber) => !concerned.includes(subscriber));
    expect(others.flatMap(({ counts }) => counts)).toEqual([]);
    await crowd.close();
    await until('all upstreams are gone', () => graph.upstreams() === 0);
  });
});

/** Counts that no event of a test has. */
function belowZero(push: (count: number) => void) {
  let count = 0;
  return () => {
    count -= 1;
    push(count);
    return count;
  };
}
