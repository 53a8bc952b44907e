import { createValue, type Value } from '../../../value.ts';
import { createLoader, type Loader } from './loader.ts';
import { mayPass, type Problem } from './problem.ts';
import type { Ticks } from './rows.ts';
import { createShown, type Reading } from './shown.ts';
import type { Holder, Table } from './table.ts';
import { throttled } from './throttled.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  /** The cursor of the next page; undefined after the last one. */
  readonly next: string | undefined;
}

export type Fetched<Row> =
  | { readonly page: Page<Row>; readonly problem?: undefined }
  | { readonly page?: undefined; readonly problem: Problem };

/** What can be listed: filtered, sorted and counted by the server, and by the same rules here as far as rows are pushed. */
export interface Kind<Row extends object, Query> {
  readonly table: Table<Row>;
  /** @param cursor undefined: the first page @param size of the page, in rows */
  readonly fetch: (query: Query, cursor: string | undefined, size: number) => Promise<Fetched<Row>>;
  readonly matches: (row: Row, query: Query) => boolean;
  /** Below 0 where the first one is shown before the second. */
  readonly compare: (one: Row, other: Row, query: Query) => number;
}

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
/** With more rows than these, a list that nobody reads begins again with its first page. */
const MOST_ROWS = 1_000;
const RETRY_MS = 2_000;

/** A list of rows, whose first pages are loaded and kept as the server would show them. */
export function createList<Row extends object, Query>(
  kind: Kind<Row, Query>,
  first: Query,
  { ticks, later, touch, pageSize = PAGE_SIZE }: ListOptions,
): List<Query> {
  const { table } = kind;
  let query = first;
  /** Counts reads of the first pages, so that a response to one that is over is known. */
  let reads = 0;
  let next: string | undefined;
  let total: number | undefined;
  let isHeld = false;
  let isSearching = false;
  let isReading = false;
  let isLoadingMore = false;
  /** The next page was asked for while the first ones were read again. */
  let isMoreDue = false;
  let isStopped = false;
  const shown = createShown<Row>({
    rowOf: (id) => table.get(id)?.row,
    matches: (row) => kind.matches(row, query),
    compare: (one, other) => kind.compare(one, other, query),
  });
  const current = (): View<Query> => ({
    query,
    ids: shown.ids(),
    total,
    waiting: shown.waiting(),
    hasMore: next !== undefined,
    isSearching,
  });
  const view = createValue(current());

  function fetchPage(cursor: string | undefined): Promise<Fetched<Row>> {
    const asOf = ticks.next();
    return table.read(async () => {
      const fetched = await kind.fetch(query, cursor, pageSize);
      for (const row of fetched.page?.rows ?? []) table.put(row, asOf);
      return fetched;
    });
  }

  const listed = ({ rows }: Page<Row>) => rows.map((row) => table.idOf(row));

  function settle(ids: readonly string[], last: Page<Row> | undefined, reading: Reading): void {
    next = last?.next;
    total = last?.totalCount;
    const boundary = next === undefined ? undefined : last?.rows.at(-1);
    // The count is as of the request.
    if (shown.settle(ids, boundary, reading)) recount();
    // At once: the loader says next that the list is there, and one without rows would be called empty until then.
    if (reading === 'new') publish();
    else touch();
  }

  function publish(): void {
    if (!isHeld && !isSearching) {
      shown.place();
      if (shown.ids().length > MOST_ROWS) loader.request();
    }
    view.set(current());
  }

  /** Reads as many pages as are there, or the first one. */
  async function load(): Promise<Problem | undefined> {
    reads += 1;
    const read = reads;
    const isNew = isSearching || total === undefined || (!isHeld && shown.ids().length > MOST_ROWS);
    const wanted = isNew ? 1 : Math.ceil(shown.ids().length / pageSize);
    isReading = true;
    shown.begin();
    const pages: Page<Row>[] = [];
    do {
      const { page, problem } = await fetchPage(pages.at(-1)?.next);
      if (read !== reads) return undefined;
      isReading = page !== undefined;
      if (!page) return problem;
      pages.push(page);
    } while (pages.at(-1)?.next !== undefined && pages.length < wanted);
    const last = pages.at(-1);
    isReading = false;
    isSearching = false;
    settle(pages.flatMap(listed), last, isNew ? 'new' : isHeld ? 'held' : 'again');
    if (isMoreDue) more();
    return undefined;
  }

  async function loadMore(): Promise<void> {
    const read = reads;
    isLoadingMore = true;
    shown.begin();
    const { page, problem } = await fetchPage(next);
    isLoadingMore = false;
    // Once the first pages are read again, this one may not follow them.
    if (isStopped) return;
    if (read !== reads) return more();
    if (page) return settle(listed(page), page, 'more');
    if (mayPass(problem)) later(more, RETRY_MS);
  }

  function more(): void {
    isMoreDue = isReading;
    if (next !== undefined && !isLoadingMore && !isReading && !isStopped) void loadMore();
  }

  async function count(): Promise<Problem | undefined> {
    const counted = query;
    const { page, problem } = await kind.fetch(counted, undefined, 1);
    if (page && counted === query && !isSearching) total = page.totalCount;
    touch();
    return problem;
  }

  const loader = createLoader({ load, later });
  const counter = createLoader({ load: count, later });
  const recount = throttled(counter.request, later);

  return {
    loader,
    view,
    more,
    search(wanted) {
      if (JSON.stringify(wanted) === JSON.stringify(query)) return;
      query = wanted;
      next = undefined;
      isMoreDue = false;
      isSearching = true;
      loader.restart();
      touch();
    },
    hold(held) {
      isHeld = held;
      if (!held) touch();
    },
    showNew() {
      shown.place();
      touch();
    },
    holds: shown.holds,
    arrived(origins) {
      if (shown.arrived(origins) && total !== undefined) recount();
    },
    publish,
    stop() {
      isStopped = true;
      loader.stop();
      counter.stop();
    },
  };
}
