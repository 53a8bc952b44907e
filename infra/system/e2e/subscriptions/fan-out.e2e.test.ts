import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { type Crowd, gather } from './crowd.ts';
import { type StubGraph, startStubGraph } from './stub-graph.ts';

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
    await allAreThere(graph, 'c', crowd.subscribers);
    const fetched = graph.fetches();
    for (const count of all) graph.push('c', count);
    await until('everyone has the last event, or has ended', () =>
      crowd.subscribers.every(({ counts, ended }) => ended || counts.at(-1) === EVENTS),
    );

    expect(graph.begun()).toBe(1);
    expect(graph.fetches() - fetched).toBe(EVENTS);
    for (const { counts, ended } of crowd.subscribers) {
      if (ended) expect(ended).toBe('SLOW_CONSUMER');
      else expect(counts.filter((count) => count > 0)).toEqual(all);
    }
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
    await allAreThere(graph, 'c7', concerned);
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

/** Pushes zeros until each has got one: before that it may not have been subscribed yet, though its group's upstream is there. */
async function allAreThere(graph: StubGraph, id: string, subscribers: Crowd['subscribers']): Promise<void> {
  let pushed = 0;
  await until('all have got something', async () => {
    pushed += graph.push(id, 0);
    await until('it has been executed', () => graph.fetches() === pushed);
    return subscribers.every(({ counts }) => counts.length > 0);
  });
}
