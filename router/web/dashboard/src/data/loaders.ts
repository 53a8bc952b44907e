import { createValue, type Value } from '../../../value.ts';
import {
  CustomerInfosDocument,
  FlightsDocument,
  PromotionsDocument,
  type PromotionsQuery,
  ReservationsDocument,
} from '../generated/graphql.ts';
import type { Graph } from './graph.ts';
import { createLoader, type Loader } from './loader.ts';
import { type Fetched, loadPages, type Page } from './pages.ts';
import type { Customer, Flight, Reservation, Ticks } from './rows.ts';
import { MINUTES } from './statistics.ts';
import type { Store } from './store.ts';

export interface LoadersOptions {
  readonly graph: Graph;
  readonly store: Store;
  readonly ticks: Ticks;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
}

type Promotion = PromotionsQuery['promotions'][number];

/** What is asked for, each section of its own, so that one service that is away leaves the others alone. */
export interface Loaders {
  readonly flights: Loader;
  readonly reservations: Loader;
  readonly customers: Loader;
  readonly promotions: Loader;
  readonly promotionTexts: Value<readonly Promotion[]>;
  /** How many there are, also beyond what is loaded; undefined until it is known. */
  readonly customerCount: Value<number | undefined>;
  /** Whether there are older reservations than those that are loaded. */
  readonly hasOlder: Value<boolean>;
  loadOlder(): Promise<void>;
}

/** Of 100 rows. Customers get twice as many. */
const PAGES = 10;

export function createLoaders({ graph, store, ticks, now, later }: LoadersOptions): Loaders {
  const promotionTexts = createValue<readonly Promotion[]>([]);
  const customerCount = createValue<number | undefined>(undefined);
  const hasOlder = createValue(false);
  let older: string | undefined;

  async function fetchReservations(before: string | undefined): Promise<Fetched<Reservation>> {
    const { data, problem } = await graph.query(ReservationsDocument, { before });
    return data ? { page: backwards(data.reservations) } : { problem };
  }

  const flights = createLoader({
    later,
    load: async () => {
      const { problem } = await loadPages<Flight>({
        table: store.flights,
        idOf: ({ id }) => id,
        ticks,
        maxPages: PAGES,
        fetch: async (before) => {
          const { data, problem } = await graph.query(FlightsDocument, { before });
          return data ? { page: backwards(data.flights) } : { problem };
        },
        arrived: () => store.touch(),
      });
      return problem;
    },
  });

  const reservations = createLoader({
    later,
    load: async () => {
      const since = new Date(now() - MINUTES * 60_000).toISOString();
      const { problem, next } = await loadPages<Reservation>({
        table: store.reservations,
        idOf: ({ id }) => id,
        ticks,
        maxPages: PAGES,
        isLast: ({ placedAt }) => placedAt < since,
        fetch: fetchReservations,
        arrived: () => store.touch(),
      });
      if (problem) return problem;
      older = next;
      hasOlder.set(next !== undefined);
      store.recount();
      store.touch();
      return undefined;
    },
  });

  const customers = createLoader({
    later,
    load: async () => {
      const { problem } = await loadPages<Customer>({
        table: store.customers,
        idOf: ({ customerId }) => customerId,
        ticks,
        maxPages: 2 * PAGES,
        fetch: async (after) => {
          const { data, problem } = await graph.query(CustomerInfosDocument, { after });
          if (!data) return { problem };
          const { nodes, pageInfo, totalCount } = data.customerInfos;
          const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
          return { page: { rows: nodes, totalCount, next } };
        },
        arrived: ({ totalCount }) => {
          customerCount.set(totalCount);
          store.touch();
        },
      });
      return problem;
    },
  });

  const promotions = createLoader({
    later,
    load: async () => {
      const { data, problem } = await graph.query(PromotionsDocument, {});
      if (data) promotionTexts.set(data.promotions);
      return problem;
    },
  });

  return {
    flights,
    reservations,
    customers,
    promotions,
    promotionTexts,
    customerCount,
    hasOlder,
    async loadOlder() {
      const asOf = ticks.next();
      const { page } = await fetchReservations(older);
      if (!page) return;
      for (const row of page.rows) store.reservations.put(row, asOf);
      older = page.next;
      hasOlder.set(page.next !== undefined);
      store.touch();
    },
  };
}

interface Connected<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor?: string | null | undefined };
  readonly totalCount: number;
}

/** A page that was asked for with `last`, whose next one lies before it. */
const backwards = <Row>({ nodes, pageInfo, totalCount }: Connected<Row>): Page<Row> => ({
  rows: nodes,
  totalCount,
  next: pageInfo.hasPreviousPage ? (pageInfo.startCursor ?? undefined) : undefined,
});
