import { describe, expect, test } from 'vitest';
import { createValue } from '../../../value.ts';
import type { Connection } from './connection.ts';
import type { Graph, GraphResult } from './graph.ts';
import { type LiveOptions, startLive } from './live.ts';
import type { Problem } from './problem.ts';
import { flight, reservation } from './rows.fixture.ts';
import type { Flight } from './rows.ts';
import { createStore } from './store.ts';
import type { Result, Subscribe } from './stream.ts';

interface Sink {
  next(result: Result<unknown>): void;
  error(error: unknown): void;
}

const away: Problem = { code: 'SUBGRAPH_UNAVAILABLE', field: undefined, message: '' };
const page = (nodes: readonly unknown[]) => ({
  nodes,
  pageInfo: { hasPreviousPage: false, hasNextPage: false },
  totalCount: nodes.length,
});

/** A page on a graph whose results the test gives. */
function setUp(may: LiveOptions['may'] = { readBookings: 'all', readCustomers: true }) {
  const served = { flights: [flight()], isFlightAway: false };
  const asked: string[] = [];
  const sinks = new Map<string, Sink>();
  const waits: { run: () => void; ms: number }[] = [];
  const connection = createValue<Connection>({ state: 'connecting' });
  const results: Record<string, () => unknown> = {
    Flights: () => ({ flights: page(served.flights) }),
    Reservations: () => ({ reservations: page([reservation()]) }),
    CustomerInfos: () => ({ customerInfos: page([]) }),
    Promotions: () => ({ promotions: [] }),
    Statistics: () => ({ statistics: { minutes: [] } }),
  };
  const query: Graph['query'] = async <Data>(document: {
    toString(): string;
  }): Promise<GraphResult<Data>> => {
    const name = /query (\w+)/.exec(document.toString())?.[1] ?? '';
    asked.push(name);
    if (name === 'Flights' && served.isFlightAway) return { problem: away };
    return { data: results[name]?.() as Data };
  };
  const subscribe: Subscribe = (payload, sink) => {
    sinks.set(/subscription (\w+)/.exec(payload.query)?.[1] ?? '', sink as Sink);
    return () => {};
  };
  const store = createStore({ frame: (run) => run(), later: (run) => run() });
  const live = startLive({
    graph: { query, mutate: query },
    subscribe,
    connection,
    store,
    now: () => Date.now(),
    later: (run, ms) => void waits.push({ run, ms }),
    may,
  });
  const lists = {
    flights: live.list(live.kinds.flights, { filter: {}, order: 'REGISTERED', isDescending: true }),
    reservations: live.list(live.kinds.reservations, {}),
    customers: live.list(live.kinds.customers, { filter: {}, order: 'UPDATED', isDescending: true }),
  };
  live.follow(live.kinds.flights, lists.flights);
  if (may.readBookings !== 'none') live.follow(live.kinds.reservations, lists.reservations);
  if (may.readCustomers) live.follow(live.kinds.customers, lists.customers);
  const quiet = () => new Promise((resolve) => setTimeout(resolve));
  return {
    served,
    lists,
    asked,
    waits,
    subscribed: () => [...sinks.keys()],
    seats: () => {
      const { ids } = lists.flights.view.get();
      return ids.map((id) => `${id} ${store.flights.get(id)?.row.remainingSeatsCount}`);
    },
    connect: async () => {
      connection.set({ state: 'connected' });
      await quiet();
    },
    disconnect: () => connection.set({ state: 'reconnecting', attempt: 1, since: 0 }),
    push: async (row: Flight, cursor: string) => {
      sinks.get('FlightUpdated')?.next({ data: { flightUpdated: row }, extensions: { cursor } });
      await quiet();
    },
    refuse: async (code: string) => {
      sinks.get('FlightUpdated')?.error([{ extensions: { code } }]);
      for (const { run, ms } of waits.splice(0)) if (ms === 1_000) run();
      await quiet();
    },
    quiet,
  };
}

describe('the page', () => {
  test('asks once it is connected, so that the subscriptions are first', async () => {
    const { asked, connect, seats, quiet } = setUp();
    await quiet();
    expect(asked).toEqual([]);
    await connect();
    expect(asked.toSorted()).toEqual([
      'CustomerInfos',
      'Flights',
      'FlightsOfReservations',
      'Promotions',
      'Reservations',
      'Statistics',
    ]);
    expect(seats()).toEqual(['f1 5']);
  });

  test('asks for what whoever looks at it may read, and for nothing else', async () => {
    const nobody = setUp({ readBookings: 'none', readCustomers: false });
    const customer = setUp({ readBookings: 'own', readCustomers: false });
    for (const { connect, disconnect, waits } of [nobody, customer]) {
      for (const { run } of waits.splice(0)) run();
      await connect();
      disconnect();
      await connect();
    }
    expect(new Set(nobody.asked)).toEqual(new Set(['Flights', 'Promotions']));
    expect(nobody.subscribed()).toEqual(['FlightUpdated']);
    expect(new Set(customer.asked)).toEqual(
      new Set(['Flights', 'FlightsOfReservations', 'Promotions', 'Reservations']),
    );
    expect(customer.subscribed()).toEqual(['FlightUpdated', 'ReservationUpdated']);
  });

  test('loads nothing again when a stream resumes behind its cursor', async () => {
    const { asked, connect, disconnect, push } = setUp();
    await connect();
    await push(flight({ remainingSeatsCount: 4 }), '1-0');
    asked.length = 0;
    disconnect();
    await connect();
    expect(asked).not.toContain('Flights');
    // These streams have had no event yet, and so no cursor.
    expect(asked).toContain('Reservations');
  });

  test('loads again and again until the first event, as a subscription may be active late', async () => {
    const { served, asked, waits, connect, push, quiet, seats } = setUp();
    await connect();
    const confirmations = waits.filter(({ ms }) => ms >= 2_000).toSorted((a, b) => a.ms - b.ms);
    const last = confirmations.at(-1)?.ms ?? 0;
    expect(last).toBeGreaterThanOrEqual(30_000);
    served.flights = [flight({ id: 'f2' })];
    for (const { run, ms } of confirmations) if (ms < last) run();
    await quiet();
    expect(seats()).toEqual(['f2 5']);
    await push(flight({ id: 'f3' }), '1-0');
    asked.length = 0;
    for (const { run, ms } of confirmations) if (ms === last) run();
    await quiet();
    // The flights' stream has had an event.
    expect(asked).toContain('Reservations');
    expect(asked).not.toContain('Flights');
  });

  test('loads again, and deletes what is gone, when the cursor has expired', async () => {
    const { served, connect, push, refuse, seats } = setUp();
    await connect();
    await push(flight({ id: 'f2', remainingSeatsCount: 1 }), '9-0');
    served.flights = [flight({ remainingSeatsCount: 2 })];
    await refuse('CURSOR_EXPIRED');
    expect(seats()).toEqual(['f1 2']);
  });

  test('shows the rest while one service is unavailable, and loads it as soon as it pushes', async () => {
    const { served, lists, connect, push, seats } = setUp();
    served.isFlightAway = true;
    await connect();
    expect(lists.flights.loader.state.get()).toMatchObject({ phase: 'failed', problem: away });
    expect(lists.reservations.loader.state.get()).toEqual({ phase: 'ready' });
    served.isFlightAway = false;
    await push(flight({ id: 'f2' }), '3-0');
    expect(lists.flights.loader.state.get()).toEqual({ phase: 'ready' });
    expect(seats()).toContain('f1 5');
  });
});
