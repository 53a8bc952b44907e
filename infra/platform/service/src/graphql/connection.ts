import type { AnyColumn, PageQuery, Reader, Row, Table } from '@airline/database';
import DataLoader from 'dataloader';
import type { SQL } from 'drizzle-orm';
import { type PageArguments, pageQuery } from './page.ts';

/** A page as resolvers return it: the Relay connection of the GraphQL Cursor Connections Specification. */
export interface Connection<R> {
  readonly nodes: R[];
  readonly edges: { cursor: string; node: R }[];
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
}

/** The loaders of one set of arguments. */
interface Children<R> {
  readonly pages: DataLoader<string, R[]>;
  readonly counts: DataLoader<string, number>;
}

/** Pages of one table, for one request: pages of many parents cost one statement, and so do their counts. */
export function createConnections<T extends Table>({ read, table, by, cursorOf }: ConnectionsOptions<T>) {
  const children = new Map<string, Children<Row<T>>>();

  function childrenOf(column: AnyColumn, query: PageQuery, name: string): Children<Row<T>> {
    const known = children.get(name);
    if (known) return known;
    const loaders = createChildren(read, table, column, query);
    children.set(name, loaders);
    return loaders;
  }

  return {
    /** The rows where `where` holds. */
    async all(args: PageArguments, where?: SQL): Promise<Connection<Row<T>>> {
      const query = { ...pageQuery(args), by, where };
      const rows = await read.page(table, query);
      return toConnection(rows, query, cursorOf, () => read.count(table, where));
    },

    /** The rows whose `column` is `parent` and where `where`, which follows from `args`, holds. */
    async of(
      column: AnyColumn,
      parent: string,
      args: PageArguments,
      where?: SQL,
    ): Promise<Connection<Row<T>>> {
      const query = { ...pageQuery(args), by, where };
      const loaders = childrenOf(column, query, `${column.name} ${JSON.stringify(args)}`);
      const rows = await loaders.pages.load(parent);
      return toConnection(rows, query, cursorOf, () => loaders.counts.load(parent));
    },
  };
}

function createChildren<T extends Table>(
  read: Reader,
  table: T,
  column: AnyColumn,
  query: PageQuery,
): Children<Row<T>> {
  return {
    pages: new DataLoader(
      async (parents) => {
        const pages = await read.pages(table, column, parents, query);
        return parents.map((parent) => pages.get(parent) ?? []);
      },
      { maxBatchSize: 100 },
    ),
    counts: new DataLoader(async (parents) => {
      const counts = await read.counts(table, column, parents, query.where);
      return parents.map((parent) => counts.get(parent) ?? 0);
    }),
  };
}

/** The rows of a query, of which one more than the page were read if there are more. */
function toConnection<R>(
  rows: R[],
  query: PageQuery,
  cursorOf: (row: R) => string,
  totalCount: () => Promise<number>,
): Connection<R> {
  const size = query.limit - 1;
  const hasMore = rows.length > size;
  const nodes = !hasMore ? rows : query.backwards ? rows.slice(1) : rows.slice(0, size);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(cursorOf(node)), node }));
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: query.backwards ? query.before !== undefined : hasMore,
      hasPreviousPage: query.backwards ? hasMore : query.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

const encodeCursor = (value: string): string => Buffer.from(value).toString('base64url');
