import type { Page } from './kind.ts';
import type { Ordered } from './ordered.ts';
import type { Origin } from './table.ts';

/** What a list has read: something else, the same rows again, or a further page. */
export type Reading = 'new' | 'again' | 'more';

/** With more rows than these, a list that nobody reads begins again with its first page. */
const MOST_ROWS = 1_000;

/** What a list shows of its rows, and those that are to be put into it. */
export function createShown<Row extends object>(rows: Ordered<Row>) {
  /** Rows to be put where they belong. */
  const moved = new Set<string>();
  /** Rows that have come since pages were requested, which may show them as they were before. */
  const meanwhile = new Set<string>();
  let boundary: Row | undefined;
  let isHeld = false;

  function put(ids: readonly string[], last: Row | undefined): void {
    rows.put(ids, last);
    for (const id of ids) moved.delete(id);
  }

  /** Puts rows where they belong, and takes away those that do not. */
  const place = () => put([...moved], boundary);

  return {
    get: () => ({
      ids: rows.ids(),
      /** How many rows are new and not shown yet. */
      waiting: [...moved].filter((id) => !rows.has(id) && rows.belongs(id, boundary)).length,
    }),
    holds: (id: string) => rows.has(id) || moved.has(id),
    isTooLong: () => !isHeld && rows.ids().length > MOST_ROWS,
    place,
    placeUnlessHeld: () => isHeld || place(),
    hold(isReading: boolean): void {
      isHeld = isReading;
    },
    /** Takes note of rows, and shows at once those that this page has made; returns whether there may be more or fewer than before. */
    arrived(origins: ReadonlyMap<string, Origin>): boolean {
      const heard = [...origins.keys()].filter((id) => origins.get(id) !== 'loaded' || rows.has(id));
      const mayCountOtherwise = heard.some((id) => !(rows.has(id) && rows.belongs(id, undefined)));
      for (const each of [meanwhile, moved]) for (const id of heard) each.add(id);
      const own = heard.filter((id) => origins.get(id) === 'own');
      if (own.length > 0) put(own, boundary);
      return mayCountOtherwise;
    },
    /** To be called before pages are requested. */
    begin: () => meanwhile.clear(),
    /** To be called with pages when they are there; returns whether rows have come meanwhile. */
    settle(pages: readonly Page<Row>[], reading: Reading): boolean {
      const listed = pages.flatMap((page) => page.rows.map(rows.idOf));
      boundary = boundaryOf(pages);
      if (reading === 'new') moved.clear();
      if (reading === 'again' && isHeld) {
        rows.keep(new Set([...listed, ...meanwhile]));
        for (const id of listed) moved.add(id);
      } else {
        if (reading !== 'more') rows.keep(new Set());
        // The server lists them, even if they are sorted otherwise here.
        put(listed, undefined);
      }
      for (const id of meanwhile) moved.add(id);
      return meanwhile.size > 0;
    },
  };
}

/** The last row as it came: what is sorted behind it is on later pages; undefined: there are none. */
function boundaryOf<Row>(pages: readonly Page<Row>[]): Row | undefined {
  const last = pages.at(-1);
  return last?.next === undefined ? undefined : last.rows.at(-1);
}
