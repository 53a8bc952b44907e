import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { type Booking, bookingAt } from '../booking.ts';
import { type SystemOnRedis, startOnRedis } from '../system.ts';
import { allAreThere } from './all-are-there.ts';
import { gather } from './crowd.ts';
import { startStubGraph } from './stub-graph.ts';
import { codeOf, type Subscriber, subscribeTo } from './subscriber.ts';

// Whatever breaks between a subgraph and a subscriber: it sees each event once, in order.

const ALL = 'subscription { customerInfoUpdated { customerId flightCount } }';
const BOOKINGS = 30;
const reserveDate = '2024-11-21';

/** One customer's counts as a subscriber saw them. */
function countsOf({ results }: Subscriber): number[] {
  return results.flatMap(({ data }) => {
    const info = data?.customerInfoUpdated as { customerId: string; flightCount: number } | undefined;
    return info?.customerId === 'c' ? [info.flightCount] : [];
  });
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Books one seat after the other for one customer, and breaks something in the middle. */
async function bookThrough(booking: Booking, breakIt: () => Promise<unknown>): Promise<void> {
  const flightId = await booking.registerFlight(BOOKINGS);
  for (let done = 1; done <= BOOKINGS; done += 1) {
    await booking.place({ customerId: 'c', flightId, seatQty: 1, reserveDate, awaitOutcome: false });
    if (done === BOOKINGS / 3) await breakIt();
  }
}

/** A subscriber that is known to be there: it has received another customer's booking. */
async function listening(system: SystemOnRedis, booking: Booking): Promise<Subscriber> {
  const subscriber = subscribeTo(system.url, ALL);
  await until('the subscription is there', async () => {
    await booking.place({ customerId: 'another', flightId: 'none', seatQty: 1 });
    return subscriber.results.length > 0;
  });
  return subscriber;
}

describe('a subscriber sees each event once and in order', requires('redis-server').options, () => {
  test('while the subgraph that pushes them is killed with SIGKILL and comes back', async () => {
    await using system = await startOnRedis();
    const booking = bookingAt(system.url);
    await using subscriber = await listening(system, booking);
    await bookThrough(booking, () => system.restart('dashboard'));
    // What was in flight when it died is delivered again after half a minute.
    await until('it has them all', () => countsOf(subscriber).at(-1) === BOOKINGS, 60_000);
    expect(countsOf(subscriber)).toEqual(upTo(BOOKINGS));
    expect(subscriber.endings).toEqual([]);
  });

  test('while Redis is killed and comes back empty', async () => {
    await using system = await startOnRedis();
    const booking = bookingAt(system.url);
    await using subscriber = await listening(system, booking);
    await bookThrough(booking, async () => {
      await system.redis.kill();
      await system.redis.start();
    });
    await until('it has them all', () => countsOf(subscriber).at(-1) === BOOKINGS, 60_000);
    expect(countsOf(subscriber)).toEqual(upTo(BOOKINGS));
    expect(subscriber.endings).toEqual([]);
  });

  test('while the router is killed, if it subscribes again from its last cursor', async () => {
    await using system = await startOnRedis();
    const booking = bookingAt(system.url);
    const before = await listening(system, booking);
    const flightId = await booking.registerFlight(BOOKINGS);
    const place = () =>
      booking.place({ customerId: 'c', flightId, seatQty: 1, reserveDate, awaitOutcome: false });
    for (let done = 0; done < BOOKINGS / 2; done += 1) await place();
    await until('the first half has come', () => countsOf(before).length === BOOKINGS / 2);
    await system.restart('router');
    for (let done = BOOKINGS / 2; done < BOOKINGS; done += 1) await place();

    const cursor = before.results.at(-1)?.extensions?.cursor;
    await using after = subscribeTo(system.url, ALL, {}, { extensions: { cursor } });
    await until('the second half has come', () => countsOf(after).at(-1) === BOOKINGS);
    expect([...countsOf(before), ...countsOf(after)]).toEqual(upTo(BOOKINGS));
    expect(before.endings).toHaveLength(1);
  });

  test('while the supergraph is replaced; only what it no longer knows is ended', async () => {
    const original = await readFile(
      new URL('../../../../schema/supergraph.graphql', import.meta.url),
      'utf8',
    );
    await using system = await startOnRedis();
    const file = join(system.folder, 'supergraph.graphql');
    await writeFile(file, original);
    await system.restart('router', { SUPERGRAPH_FILE: file });
    const booking = bookingAt(system.url);
    await using subscriber = await listening(system, booking);
    await using other = subscribeTo(system.url, 'subscription { customerInfoUpdated { canceledCount } }');
    await until('the other is there, too', async () => {
      await booking.place({ customerId: 'another', flightId: 'none', seatQty: 1 });
      return other.results.length > 0;
    });

    await bookThrough(booking, async () => {
      await writeFile(file, original.replaceAll(/^ *canceledCount: Int!.*\n/gm, ''));
      await until('the other is ended', () => other.endings.length > 0);
    });
    await until('it has them all', () => countsOf(subscriber).at(-1) === BOOKINGS);
    expect(countsOf(subscriber)).toEqual(upTo(BOOKINGS));
    expect(subscriber.endings).toEqual([]);
    expect(codeOf(other)).toBe('SUBSCRIPTION_SCHEMA_INVALIDATED');
  });
});

describe('a client that stops reading', () => {
  test('is ended with SLOW_CONSUMER, after a run without a gap, and delays no other client', async () => {
    await using graph = await startStubGraph();
    const query =
      'subscription { customerInfoUpdated { flightCount customer { reservations { totalCount } } } }';
    const stalled = await gather(graph.url, { sockets: 1, each: 900, payload: () => ({ query }) });
    const healthy = await gather(graph.url, { sockets: 1, each: 10, payload: () => ({ query }) });
    let count = 0;
    const push = () => {
      count += 1;
      graph.push('c', count);
      return count;
    };
    await until('the router has subscribed', () => graph.upstreams() === 1);
    await allAreThere(graph, [stalled, healthy], push);

    stalled.pause();
    const pausedAt = count;
    while (count < pausedAt + 400) {
      push();
      await until('the event is executed', () => graph.fetches() === count);
    }
    await until('the healthy have them all', () =>
      healthy.subscribers.every(({ counts }) => counts.at(-1) === count),
    );
    for (const { counts, ended } of healthy.subscribers) {
      expect(ended).toBeUndefined();
      expect(counts).toEqual(upTo(count).slice(-counts.length));
    }

    stalled.resume();
    await until('the stalled have ended', () =>
      stalled.subscribers.every(({ ended }) => ended !== undefined),
    );
    for (const { counts, ended } of stalled.subscribers) {
      expect(ended).toBe('SLOW_CONSUMER');
      const [first = 0] = counts;
      expect(counts).toEqual(upTo(first + counts.length - 1).slice(first - 1));
      expect(counts.at(-1)).toBeLessThan(count);
    }
    await Promise.all([stalled.close(), healthy.close()]);
  });
});
