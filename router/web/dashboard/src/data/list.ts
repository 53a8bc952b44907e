import { createValue, type Value } from '../../../value.ts';
import type { Fetched, Kind, Page } from './kind.ts';
import { createLoader, type Loader } from './loader.ts';
import { createOrdered } from './ordered.ts';
import { createPages } from './pages.ts';
import type { Problem } from './problem.ts';
import type { Ticks } from './rows.ts';
import { createShown, type Reading } from './shown.ts';
import { createSought } from './sought.ts';
import type { Holder } from './table.ts';

/** What of a list is shown. */
export interface View<Query> {
  readonly query: Query;
  readonly ids: readonly string[];
  /** How many there are at the server; undefined until it is known. */
  readonly total: number | undefined;
  /** New rows that wait while somebody reads. */
  readonly waiting: number;
  readonly hasMore: boolean;
  /** The rows are still those of another query. */
  readonly isSearching: boolean;
}

export interface List<Query> extends Holder {
  readonly loader: Loader;
  readonly view: Pick<Value<View<Query>>, 'get' | 'follow'>;
  /** Shows what it finds instead, from the first page on. */
  search(query: Query): void;
  /** Loads the next page. */
  more(): void;
  /** While somebody reads, rows stay where they are, and new ones wait. */
  hold(isHeld: boolean): void;
  /** Puts in what waits. */
  showNew(): void;
  /** Shows what has changed since the last time. */
  publish(): void;
  stop(): void;
}

export interface ListOptions {
  readonly ticks: Ticks;
  readonly later: (run: () => void, ms: number) => void;
  /** Called when there is something to publish. */
  readonly touch: () => void;
  /** In rows; at most 100. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 50;

/** A list of rows, whose first pages are loaded and kept as the server would show them. */
export function createList<Row extends object, Query>(
  kind: Kind<Row, Query>,
  first: Query,
  { ticks, later, touch, pageSize = PAGE_SIZE }: ListOptions,
): List<Query> {
  const sought = createSought(first, (query) => kind.fetch(query, undefined, 1), { later, touch });
  const shown = createShown(createOrdered(kind, sought.query));
  const fetch = fetchesInto(kind, sought.query, pageSize, ticks);
  const pages = createPages<Row>({ fetch, begin: shown.begin, came, later });
  const loader = createLoader({ load, later });
  const current = (): View<Query> => ({ ...sought.get(), ...shown.get(), hasMore: pages.hasMore() });
  const view = createValue(current());

  function load(): Promise<Problem | undefined> {
    const isNew = !sought.isFound() || shown.isTooLong();
    return isNew ? pages.load(1, 'new') : pages.load(Math.ceil(shown.get().ids.length / pageSize), 'again');
  }

  function came(read: readonly Page<Row>[], reading: Reading): void {
    sought.found(read.at(-1)?.totalCount, shown.settle(read, reading));
    // At once: the loader says next that the list is there, and one without rows would be called empty until then.
    if (reading === 'new') publish();
    else touch();
  }

  function publish(): void {
    if (!sought.get().isSearching) {
      shown.placeUnlessHeld();
      if (shown.isTooLong()) loader.request();
    }
    view.set(current());
  }

  return {
    loader,
    view,
    publish,
    more: pages.more,
    holds: shown.holds,
    search(wanted) {
      if (!sought.search(wanted)) return;
      pages.forget();
      loader.restart();
      touch();
    },
    hold(isHeld) {
      shown.hold(isHeld);
      if (!isHeld) touch();
    },
    showNew() {
      shown.place();
      touch();
    },
    arrived: (origins) => shown.arrived(origins) && sought.recount(),
    stop() {
      for (const each of [pages, loader, sought]) each.stop();
    },
  };
}

/** Fetches pages, whose rows are in the table then. */
function fetchesInto<Row extends object, Query>(
  kind: Kind<Row, Query>,
  query: () => Query,
  size: number,
  ticks: Ticks,
): (cursor: string | undefined) => Promise<Fetched<Row>> {
  return (cursor) => {
    const asOf = ticks.next();
    return kind.table.read(async () => {
      const fetched = await kind.fetch(query(), cursor, size);
      for (const row of fetched.page?.rows ?? []) kind.table.put(row, asOf);
      return fetched;
    });
  };
}
