import type { May } from '../../../sign-in/may.ts';
import { createValue, type Value } from '../../../value.ts';
import {
  CustomerInfoUpdatedDocument,
  FlightUpdatedDocument,
  PromotionsDocument,
  type PromotionsQuery,
  ReservationUpdatedDocument,
} from '../generated/graphql.ts';
import type { Connection } from './connection.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import type { Graph } from './graph.ts';
import type { Kind } from './kind.ts';
import { createKinds, type Kinds } from './kinds.ts';
import { createList, type List } from './list.ts';
import { createLoader, type Loader } from './loader.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { createNeededFlights } from './needed-flights.ts';
import { createTicks, type Ticks } from './rows.ts';
import { createFigures, type Figures } from './statistics.ts';
import type { Store } from './store.ts';
import type { Stream, Subscribe } from './stream.ts';
import type { Table } from './table.ts';
import { tableStreams } from './table-streams.ts';

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

export function startLive(options: LiveOptions): Live {
  const { graph, connection, store, now, later } = options;
  const ticks = createTicks();
  const drafts = createDrafts();
  const kinds = createKinds(graph, store, ticks);
  const figures = createFigures({ graph, now, later });
  const promotionTexts = createValue<PromotionsQuery['promotions']>([]);
  const promotions = createLoader({
    later,
    load: async () => {
      const { data, problem } = await graph.query(PromotionsDocument, {});
      if (data) promotionTexts.set(data.promotions);
      return problem;
    },
  });
  const loaders = createLoaders();
  loaders.of(promotions).add(promotions);
  const flights = createNeededFlights(graph, store, ticks);
  const parts = { ticks, drafts, figures };
  const streams = startStreams(options, parts, loaders, flights.forget);

  connection.follow(() => {
    if (connection.get().state !== 'connected') return;
    for (const each of streams) each.connected();
    promotions.request();
    loaders.retry();
  });
  later(loaders.start, FALLBACK_MS);

  return {
    ...parts,
    kinds,
    promotions,
    promotionTexts,
    followLoader: loaders.follow,
    list: (kind, query) => createList(kind, query, { ticks, later, touch: store.touch }),
    follow(kind, list) {
      const leave = [kind.table.join(list), loaders.follow(kind.table, list.loader)];
      store.lists.add(list);
      return () => {
        for (const each of leave) each();
        store.lists.delete(list);
        list.stop();
      };
    },
    needFlight: (id) => void flights.need(id),
  };
}

/** Streams of what whoever looks at the page may read. @param begun called when pushes may have been missed */
function startStreams(
  options: LiveOptions,
  { ticks, drafts, figures }: Pick<Live, 'ticks' | 'drafts' | 'figures'>,
  loaders: Loaders,
  begun: () => void,
): Stream[] {
  const { store, may } = options;
  const start = tableStreams({ ...options, loaders, begun });
  const readsFigures = may.readBookings === 'all';
  if (readsFigures) loaders.of(store.reservations).add(figures.loader);
  const flights = () =>
    start(FlightUpdatedDocument, store.flights, ({ flightUpdated }) => {
      store.flights.push(flightUpdated, ticks.next());
    });
  const bookings = () =>
    start(ReservationUpdatedDocument, store.reservations, ({ reservationUpdated }) => {
      if (!store.reservations.get(reservationUpdated.id)) drafts.meet(reservationUpdated);
      store.reservations.push(reservationUpdated, ticks.next());
      if (readsFigures) figures.pushed();
    });
  const customerInfos = () =>
    start(CustomerInfoUpdatedDocument, store.customers, ({ customerInfoUpdated }) => {
      store.customers.push(customerInfoUpdated, ticks.next());
      if (readsFigures) figures.pushed();
    });
  return [
    flights(),
    ...(may.readBookings === 'none' ? [] : [bookings()]),
    ...(may.readCustomers ? [customerInfos()] : []),
  ];
}
