import type { Problem } from './problem.ts';
import type { Table } from './table.ts';

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
