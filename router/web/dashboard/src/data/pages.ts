import type { Problem } from './problem.ts';
import type { Ticks } from './rows.ts';
import type { Table } from './table.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  /** Undefined after the last one. */
  readonly next: string | undefined;
}

export type Fetched<Row> =
  | { readonly page: Page<Row>; readonly problem?: undefined }
  | { readonly page?: undefined; readonly problem: Problem };

export interface LoadPagesOptions<Row extends object> {
  readonly table: Table<Row>;
  readonly idOf: (row: Row) => string;
  readonly ticks: Ticks;
  readonly fetch: (cursor: string | undefined) => Promise<Fetched<Row>>;
  readonly maxPages: number;
  /** No further page is needed after one with this row. */
  readonly isLast?: (row: Row) => boolean;
  readonly arrived: (page: Page<Row>) => void;
}

/** Loads page after page, and deletes rows that no longer exist; returns why it could not. */
export async function loadPages<Row extends object>(
  options: LoadPagesOptions<Row>,
): Promise<{ problem: Problem | undefined; next: string | undefined }> {
  const { table, idOf, ticks, fetch, maxPages, isLast = () => false, arrived } = options;
  const began = ticks.next();
  const seen = new Set<string>();
  let next: string | undefined;
  for (let count = 0; count < maxPages; count += 1) {
    const asOf = ticks.next();
    const { page, problem } = await fetch(next);
    if (!page) return { problem, next };
    for (const row of page.rows) {
      table.put(row, asOf);
      seen.add(idOf(row));
    }
    arrived(page);
    next = page.next;
    if (next === undefined || page.rows.some(isLast)) break;
  }
  table.keepOnly(seen, began);
  return { problem: undefined, next };
}
