import type { May } from '../../../sign-in/may.ts';
import { createValue, type Value } from '../../../value.ts';
import {
  CustomerInfoUpdatedDocument,
  FlightDocument,
  FlightUpdatedDocument,
  PromotionsDocument,
  type PromotionsQuery,
  ReservationUpdatedDocument,
  type TypedDocumentString,
} from '../generated/graphql.ts';
import type { Connection } from './connection.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import type { Graph } from './graph.ts';
import type { Kind } from './kind.ts';
import { createKinds, type Kinds } from './kinds.ts';
import { createList, type List } from './list.ts';
import { createLoader, type Loader } from './loader.ts';
import { createTicks, type Ticks } from './rows.ts';
import { createFigures, type Figures } from './statistics.ts';
import type { Store } from './store.ts';
import { type Stream, type StreamOptions, type Subscribe, startStream } from './stream.ts';
import type { Table } from './table.ts';

export interface LiveOptions {
  readonly graph: Graph;
  readonly subscribe: Subscribe;
  readonly connection: Value<Connection>;
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
  /** What whoever looks at the page may read, beside what is public. */
  readonly may: Pick<May, 'readBookings' | 'readCustomers'>;
}

/** Everything that the page shows, kept up to date; each section of its own, so that one service that is away leaves the others alone. */
export interface Live {
  readonly ticks: Ticks;
  readonly drafts: Drafts;
  readonly kinds: Kinds;
  readonly figures: Figures;
  readonly promotions: Loader;
  readonly promotionTexts: Value<PromotionsQuery['promotions']>;
  /** A list that loads as soon as it is followed. */
  list<Row extends object, Query>(kind: Kind<Row, Query>, query: Query): List<Query>;
  /** Keeps a list up to date until it is left; returns how to leave. */
  follow<Row extends object, Query>(kind: Kind<Row, Query>, list: List<Query>): () => void;
  /** Keeps something else up to date in the same way, which is loaded anew where pushes of a table may have been missed. */
  followLoader<Row extends object>(table: Table<Row>, loader: Loader): () => void;
  /** Loads the flight into the store, if it is not there and exists. */
  needFlight(id: string): void;
}

/** Without a WebSocket the page loads after this delay. */
const FALLBACK_MS = 800;
/** A subscription without a cursor is known to be active only with its first event; by the first of these times it usually is. */
const CONFIRM_MS = [2_000, 10_000, 30_000];
const LONGEST_WAIT_MS = 10_000;

export function startLive(options: LiveOptions): Live {
  const { graph, subscribe, connection, store, now, later, may } = options;
  const ticks = createTicks();
  const drafts = createDrafts();
  const kinds = createKinds(graph, store, ticks);
  const figures = createFigures({ graph, now, later });
  const promotionTexts = createValue<PromotionsQuery['promotions']>([]);
  const needed = new Set<string>();
  const loaders = new Map<unknown, Set<Loader>>();
  let isStarted = false;

  const loadersOf = (table: unknown): Set<Loader> => {
    const known = loaders.get(table) ?? new Set();
    loaders.set(table, known);
    return known;
  };

  const promotions = createLoader({
    later,
    load: async () => {
      const { data, problem } = await graph.query(PromotionsDocument, {});
      if (data) promotionTexts.set(data.promotions);
      return problem;
    },
  });

  /** A stream whose rows go into a table; what it does not push is loaded. */
  function stream<Data, Row extends object>(
    document: TypedDocumentString<Data, Record<string, never>>,
    table: Table<Row>,
    pushed: (data: Data) => void,
  ): Stream {
    let beginnings = 0;
    const request = () => {
      for (const loader of loadersOf(table)) loader.request();
    };
    const settings: StreamOptions<Data> = {
      subscribe,
      query: document.toString(),
      isConnected: () => connection.get().state === 'connected',
      pushed: (data) => {
        pushed(data);
        store.touch();
        for (const loader of loadersOf(table)) loader.retry();
      },
      begun: () => {
        beginnings += 1;
        const beginning = beginnings;
        needed.clear();
        request();
        for (const ms of CONFIRM_MS)
          later(() => {
            if (beginning === beginnings) request();
          }, ms);
      },
      confirmed: () => {
        beginnings += 1;
        request();
      },
      retry: (again, failures) => later(again, Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures)),
    };
    return startStream(settings);
  }

  const bookings = () =>
    stream(ReservationUpdatedDocument, store.reservations, ({ reservationUpdated }) => {
      if (!store.reservations.get(reservationUpdated.id)) drafts.meet(reservationUpdated);
      store.reservations.push(reservationUpdated, ticks.next());
      if (readsFigures) figures.pushed();
    });
  const customerInfos = () =>
    stream(CustomerInfoUpdatedDocument, store.customers, ({ customerInfoUpdated }) => {
      store.customers.push(customerInfoUpdated, ticks.next());
      if (readsFigures) figures.pushed();
    });
  const readsFigures = may.readBookings === 'all';
  if (readsFigures) loadersOf(store.reservations).add(figures.loader);
  const streams = [
    stream(FlightUpdatedDocument, store.flights, ({ flightUpdated }) => {
      store.flights.push(flightUpdated, ticks.next());
    }),
    ...(may.readBookings === 'none' ? [] : [bookings()]),
    ...(may.readCustomers ? [customerInfos()] : []),
  ];

  const all = () => [promotions, ...[...loaders.values()].flatMap((each) => [...each])];
  connection.follow(() => {
    if (connection.get().state !== 'connected') return;
    isStarted = true;
    for (const each of streams) each.connected();
    promotions.request();
    for (const loader of all()) loader.retry();
  });
  later(() => {
    isStarted = true;
    for (const loader of all()) if (loader.state.get().phase === 'loading') loader.request();
  }, FALLBACK_MS);

  function followLoader<Row extends object>(table: Table<Row>, loader: Loader): () => void {
    loadersOf(table).add(loader);
    if (isStarted) loader.request();
    return () => {
      loadersOf(table).delete(loader);
      loader.stop();
    };
  }

  return {
    ticks,
    drafts,
    kinds,
    figures,
    promotions,
    promotionTexts,
    followLoader,
    list: (kind, query) => createList(kind, query, { ticks, later, touch: store.touch }),
    follow(kind, list) {
      const leave = [kind.table.join(list), followLoader(kind.table, list.loader)];
      store.lists.add(list);
      return () => {
        for (const each of leave) each();
        store.lists.delete(list);
        list.stop();
      };
    },
    needFlight: (id) => void needFlight(id),
  };

  async function needFlight(id: string): Promise<void> {
    if (id === '' || store.flights.get(id) || needed.has(id)) return;
    needed.add(id);
    const asOf = ticks.next();
    const { data, problem } = await store.flights.read(() => graph.query(FlightDocument, { id }));
    if (data?.flight) store.flights.put(data.flight, asOf);
    if (problem) needed.delete(id);
    store.touch();
  }
}
