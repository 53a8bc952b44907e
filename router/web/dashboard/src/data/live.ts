import type { May } from '../../../sign-in/may.ts';
import type { Value } from '../../../value.ts';
import {
  CustomerInfoDocument,
  CustomerInfoUpdatedDocument,
  FlightDocument,
  FlightUpdatedDocument,
  ReservationUpdatedDocument,
  type TypedDocumentString,
} from '../generated/graphql.ts';
import type { Connection } from './connection.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import type { Graph } from './graph.ts';
import type { Loader } from './loader.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { type Customer, createTicks, type Flight, type Ticks } from './rows.ts';
import type { Store } from './store.ts';
import { type Stream, type StreamOptions, type Subscribe, startStream } from './stream.ts';

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

/** Everything that the page shows, kept up to date. */
export interface Live extends Loaders {
  readonly ticks: Ticks;
  readonly drafts: Drafts;
  /** Loads the flight into the store, if it is not there and exists. */
  needFlight(id: string): void;
  /** The same for a customer beyond what is loaded. */
  needCustomer(id: string): void;
}

/** Without a WebSocket the page loads after this delay. */
const FALLBACK_MS = 800;
/** A subscription without a cursor is known to be active only with its first event; by then it usually is. */
const CONFIRM_MS = 2_000;
const LONGEST_WAIT_MS = 10_000;

export function startLive(options: LiveOptions): Live {
  const { graph, subscribe, connection, store, now, later, may } = options;
  const ticks = createTicks();
  const drafts = createDrafts();
  const loaders = createLoaders({ graph, store, ticks, now, later });
  const { flights, reservations, customers, promotions, customerCount } = loaders;
  const needed = new Set<string>();

  /** A stream whose rows go into the store; what it does not push is loaded. */
  function stream<Data>(
    document: TypedDocumentString<Data, Record<string, never>>,
    loader: Loader,
    pushed: (data: Data) => void,
  ): Stream {
    let beginnings = 0;
    const settings: StreamOptions<Data> = {
      subscribe,
      query: document.toString(),
      isConnected: () => connection.get().state === 'connected',
      pushed: (data) => {
        pushed(data);
        store.touch();
        loader.retry();
      },
      begun: () => {
        beginnings += 1;
        const beginning = beginnings;
        needed.clear();
        loader.request();
        later(() => {
          if (beginning === beginnings) loader.request();
        }, CONFIRM_MS);
      },
      confirmed: () => {
        beginnings += 1;
        loader.request();
      },
      retry: (again, failures) => later(again, Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures)),
    };
    return startStream(settings);
  }

  const bookings = () =>
    stream(ReservationUpdatedDocument, reservations, ({ reservationUpdated }) => {
      if (!store.reservations.get(reservationUpdated.id)) drafts.meet(reservationUpdated);
      store.reservations.put(reservationUpdated, ticks.next(), performance.now());
    });
  const customerInfos = () =>
    stream(CustomerInfoUpdatedDocument, customers, ({ customerInfoUpdated }) => {
      const { customerId, flightCount, canceledCount } = customerInfoUpdated;
      const count = customerCount.get();
      const isFirst = flightCount === 1 && canceledCount === 0;
      if (isFirst && count !== undefined && !store.customers.get(customerId)) customerCount.set(count + 1);
      store.customers.put(customerInfoUpdated, ticks.next(), performance.now());
    });
  const streams = [
    stream(FlightUpdatedDocument, flights, ({ flightUpdated }) => {
      store.flights.put(flightUpdated, ticks.next(), performance.now());
    }),
    ...(may.readBookings === 'none' ? [] : [bookings()]),
    ...(may.readCustomers ? [customerInfos()] : []),
  ];
  const read = [
    flights,
    ...(may.readBookings === 'none' ? [] : [reservations]),
    ...(may.readCustomers ? [customers] : []),
  ];

  connection.follow(() => {
    if (connection.get().state !== 'connected') return;
    for (const each of streams) each.connected();
    promotions.request();
    for (const loader of read) loader.retry();
  });
  later(() => {
    for (const loader of [...read, promotions]) if (loader.state.get().phase === 'loading') loader.request();
  }, FALLBACK_MS);

  /** Asks once for a row that no page brought. */
  async function need<Row extends object>(
    key: string,
    isThere: boolean,
    ask: () => Promise<{ row: Row | null | undefined; put: (row: Row, asOf: number) => void }>,
  ): Promise<void> {
    if (isThere || needed.has(key)) return;
    needed.add(key);
    const asOf = ticks.next();
    const { row, put } = await ask();
    if (row) put(row, asOf);
    else if (row === undefined) needed.delete(key);
    store.touch();
  }

  return {
    ...loaders,
    ticks,
    drafts,
    needFlight: (id) =>
      void need<Flight>(`flight ${id}`, store.flights.get(id) !== undefined, async () => ({
        row: (await graph.query(FlightDocument, { id })).data?.flight,
        put: (row, asOf) => store.flights.put(row, asOf),
      })),
    needCustomer: (id) =>
      void need<Customer>(`customer ${id}`, store.customers.get(id) !== undefined, async () => ({
        row: (await graph.query(CustomerInfoDocument, { customerId: id })).data?.customerInfo,
        put: (row, asOf) => store.customers.put(row, asOf),
      })),
  };
}
