import type { Origin } from './table.ts';

export interface ShownOptions<Row> {
  readonly rowOf: (id: string) => Row | undefined;
  readonly matches: (row: Row) => boolean;
  /** Below 0 where the first one is shown before the second. */
  readonly compare: (one: Row, other: Row) => number;
}

/** What a list has read: something else, the same rows again, those again while somebody reads, or a further page. */
export type Reading = 'new' | 'again' | 'held' | 'more';

/** The rows that a list shows, in their order, and those that are to be put into it. */
export interface Shown<Row> {
  ids(): readonly string[];
  /** How many rows are new and not shown yet. */
  waiting(): number;
  holds(id: string): boolean;
  /** Takes note of rows, and shows at once those that this page has made; returns whether there may be more or fewer than before. */
  arrived(origins: ReadonlyMap<string, Origin>): boolean;
  /** Puts rows where they belong, and takes away those that do not. */
  place(): void;
  /** To be called before pages are requested. */
  begin(): void;
  /**
   * To be called with the ids of their rows when they are there; returns whether rows have come meanwhile.
   * @param boundary the last row of the last page, as it came: what is sorted behind it is on later pages; undefined: there are none
   */
  settle(listed: readonly string[], boundary: Row | undefined, reading: Reading): boolean;
}

export function createShown<Row>({ rowOf, matches, compare }: ShownOptions<Row>): Shown<Row> {
  let ids: readonly string[] = [];
  let shown = new Set<string>();
  /** Rows to be put where they belong. */
  const moved = new Set<string>();
  /** Rows that have come since pages were requested, which may show them as they were before. */
  const meanwhile = new Set<string>();
  let boundary: Row | undefined;

  /** Whether it is among the rows of the pages that are there. */
  function belongs(id: string): boolean {
    const row = rowOf(id);
    return row !== undefined && matches(row) && (boundary === undefined || compare(row, boundary) <= 0);
  }

  /** Of a row that the server lists: here it may be sorted otherwise. */
  function isListed(id: string): boolean {
    const row = rowOf(id);
    return row !== undefined && matches(row);
  }

  function indexFor(row: Row, within: readonly string[]): number {
    let [low, high] = [0, within.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = rowOf(within[middle] ?? '');
      if (other && compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function put(all: readonly string[], isIn: (id: string) => boolean): void {
    const gone = new Set(all);
    const next = ids.filter((id) => !gone.has(id));
    for (const id of gone) {
      moved.delete(id);
      shown.delete(id);
      const row = rowOf(id);
      if (!row || !isIn(id)) continue;
      next.splice(indexFor(row, next), 0, id);
      shown.add(id);
    }
    // The same rows in the same order are the same list, which is not drawn again.
    if (next.length !== ids.length || next.some((id, index) => id !== ids[index])) ids = next;
  }

  return {
    ids: () => ids,
    waiting: () => [...moved].filter((id) => !shown.has(id) && belongs(id)).length,
    holds: (id) => shown.has(id) || moved.has(id),
    arrived(origins) {
      let mayCountOtherwise = false;
      const own: string[] = [];
      for (const [id, origin] of origins) {
        if (origin === 'loaded' && !shown.has(id)) continue;
        meanwhile.add(id);
        moved.add(id);
        if (origin === 'own') own.push(id);
        const row = rowOf(id);
        if (!(shown.has(id) && row && matches(row))) mayCountOtherwise = true;
      }
      if (own.length > 0) put(own, belongs);
      return mayCountOtherwise;
    },
    place() {
      if (moved.size > 0) put([...moved], belongs);
    },
    begin: () => meanwhile.clear(),
    settle(listed, end, reading) {
      boundary = end;
      if (reading === 'new') moved.clear();
      if (reading === 'held') {
        const there = new Set(listed);
        ids = ids.filter((id) => there.has(id) || meanwhile.has(id));
        shown = new Set(ids);
        for (const id of listed) moved.add(id);
      } else {
        if (reading !== 'more') {
          ids = [];
          shown = new Set();
        }
        put(listed, isListed);
      }
      for (const id of meanwhile) moved.add(id);
      return meanwhile.size > 0;
    },
  };
}
