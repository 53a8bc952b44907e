import type { AnyColumn, PageQuery, Reader, Row, Table } from '@airline/database';
import DataLoader from 'dataloader';
import { and, type SQL } from 'drizzle-orm';
import { type PageArguments, pageQuery } from './page.ts';
import { encodeCursor, type Order } from './page-cursor.ts';

/** A page as resolvers return it: the Relay connection of the GraphQL Cursor Connections Specification. */
export interface Connection<R> {
  readonly nodes: R[];
  /** Made only when selected. */
  readonly edges: () => { cursor: string; node: R }[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  /** Counted only when selected. */
  readonly totalCount: () => Promise<number>;
}

export interface ConnectionsOptions<T extends Table> {
  readonly read: Reader;
  readonly table: T;
  /** The unique column by which connections sort, and its value in a row. */
  readonly by: AnyColumn;
  readonly cursorOf: (row: Row<T>) => string;
  /** Other orders by the value of the argument `order`; any other value is the order by that column. */
  readonly orders?: Readonly<Record<string, Order<Row<T>>>>;
  /** The rows that there are for this request, on its pages and in its counts; default: all. */
  readonly visible?: SQL | undefined;
}

/** Rows that one statement for the pages of many parents may read: a synchronous database holds up all others meanwhile. */
const ROWS_PER_STATEMENT = 2_000;

/**
 * Pages of one table, for one request: pages of many parents cost one statement, and so do their counts. What is selected
 * again, under another alias, is not read again. A condition follows from the arguments.
 */
export function createConnections<T extends Table>(options: ConnectionsOptions<T>) {
  const { read, table, by, cursorOf, orders = {}, visible } = options;
  const pages = new Map<string, Promise<Connection<Row<T>>>>();
  const counts = new Map<string, Promise<number>>();
  const pagesOf = new Map<string, DataLoader<string, Connection<Row<T>>>>();
  const countsOf = new Map<string, DataLoader<string, number>>();

  const keyCursor = (row: Row<T>) => encodeCursor([cursorOf(row)], undefined);

  /** What of a page's query and its cursors depends on its order. */
  function ordered(args: PageArguments) {
    const name = args.order ?? '';
    const order = orders[name];
    if (!order) return { query: { ...pageQuery(args), by: [by] }, cursor: keyCursor };
    const named = { ...order, name };
    const cursor = (row: Row<T>) => encodeCursor([order.valueOf(row), cursorOf(row)], named);
    return { query: { ...pageQuery(args, named), by: [order.by, by] }, cursor };
  }

  const pageLoader = (
    column: AnyColumn,
    query: PageQuery<AnyColumn>,
    counts: () => DataLoader<string, number>,
  ) =>
    new DataLoader<string, Connection<Row<T>>>(
      async (parents) => {
        const found = await read.pages(table, column, parents, query);
        return parents.map((parent) =>
          toConnection(found.get(parent) ?? [], query, keyCursor, () => counts().load(parent)),
        );
      },
      { maxBatchSize: Math.min(100, Math.floor(ROWS_PER_STATEMENT / query.limit)) },
    );

  const countLoader = (column: AnyColumn, where: SQL | undefined) =>
    new DataLoader<string, number>(async (parents) => {
      const found = await read.counts(table, column, parents, where);
      return parents.map((parent) => found.get(parent) ?? 0);
    });

  return {
    /** The rows where `condition` holds. */
    async all(args: PageArguments, condition?: SQL): Promise<Connection<Row<T>>> {
      const where = and(visible, condition);
      const { query: page, cursor } = ordered(args);
      const query = { ...page, where };
      const count = () => once(counts, filterOf(args), () => read.count(table, where));
      return await once(pages, JSON.stringify(args), async () =>
        toConnection(await read.page(table, query), query, cursor, count),
      );
    },

    /** The rows whose `column` is `parent` and where `condition` holds. */
    async of(
      column: AnyColumn,
      parent: string,
      args: PageArguments,
      condition?: SQL,
    ): Promise<Connection<Row<T>>> {
      const where = and(visible, condition);
      const query = { ...pageQuery(args), by: [by], where };
      const counts = () =>
        once(countsOf, `${column.name} ${filterOf(args)}`, () => countLoader(column, where));
      const name = `${column.name} ${JSON.stringify(args)}`;
      return await once(pagesOf, name, () => pageLoader(column, query, counts)).load(parent);
    },
  };
}

/** What is under the key, made when it is asked for first. */
function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** The arguments apart from those of the page and its order. */
const filterOf = ({ first, after, last, before, order, ...filter }: PageArguments): string =>
  JSON.stringify(filter);

/** The rows of a query, of which one more than the page were read if there are more. */
function toConnection<R extends object>(
  rows: R[],
  query: PageQuery,
  cursor: (row: R) => string,
  totalCount: () => Promise<number>,
): Connection<R> {
  const size = query.limit - 1;
  const hasMore = rows.length > size;
  const nodes = !hasMore ? rows : query.backwards ? rows.slice(1) : rows.slice(0, size);
  const [first] = nodes;
  const last = nodes.at(-1);
  return {
    nodes,
    edges: () => nodes.map((node) => ({ cursor: cursor(node), node })),
    pageInfo: {
      hasNextPage: query.backwards ? query.before !== undefined : hasMore,
      hasPreviousPage: query.backwards ? hasMore : query.after !== undefined,
      startCursor: first === undefined ? null : cursor(first),
      endCursor: last === undefined ? null : cursor(last),
    },
    totalCount,
  };
}
