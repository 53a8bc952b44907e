import type { DocumentNode } from 'graphql';

export type Row = Readonly<Record<string, unknown>>;

/** The part of a graph that one service serves. */
export interface Subgraph {
  readonly typeDefs: DocumentNode;
  /** By type and field; fields without a resolver are read from the row. */
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Subgraphs over fixed rows, by name. */
export type Graph = Readonly<Record<string, Subgraph>>;

export interface Query {
  readonly name: string;
  readonly about: string;
  readonly query: string;
  readonly variables?: Row;
  /** A subscription: its events are measured instead of its requests. */
  readonly isSubscription?: true;
}

/** The row with this key. */
export function find(rows: readonly Row[], key: string, value: unknown): Row | undefined {
  return rows.find((row) => row[key] === value);
}
