import type { Kind } from './kind.ts';

export type Ordered<Row extends object> = ReturnType<typeof createOrdered<Row, unknown>>;

/** Rows in the order of the server, by its rules, on rows as they are here. @param query what is listed at the moment */
export function createOrdered<Row extends object, Query>(
  { table, matches, compare }: Kind<Row, Query>,
  query: () => Query,
) {
  let ids: readonly string[] = [];
  let present = new Set<string>();
  const rowOf = (id: string) => table.get(id)?.row;

  /** Whether it is among the rows up to the last one. @param last what is sorted behind it is not; undefined: nothing is */
  function belongs(id: string, last: Row | undefined): boolean {
    const row = rowOf(id);
    if (!row || !matches(row, query())) return false;
    return last === undefined || compare(row, last, query()) <= 0;
  }

  function indexFor(id: string, within: readonly string[]): number {
    const row = rowOf(id);
    let [low, high] = [0, within.length];
    while (row && low < high) {
      const middle = (low + high) >> 1;
      const other = rowOf(within[middle] ?? '');
      if (other && compare(other, row, query()) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    ids: () => ids,
    has: (id: string) => present.has(id),
    idOf: (row: Row) => table.idOf(row),
    belongs,
    /** Puts rows where they belong, and takes away those that do not. */
    put(moved: readonly string[], last: Row | undefined): void {
      const gone = new Set(moved);
      const next = ids.filter((id) => !gone.has(id));
      for (const id of gone) if (belongs(id, last)) next.splice(indexFor(id, next), 0, id);
      // The same rows in the same order are the same list, which is not drawn again.
      if (next.length !== ids.length || next.some((id, index) => id !== ids[index])) ids = next;
      present = new Set(ids);
    },
    /** Takes away all others. */
    keep(kept: ReadonlySet<string>): void {
      ids = ids.filter((id) => kept.has(id));
      present = new Set(ids);
    },
  };
}
