import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { EntityKeys, RenamingTree } from '../corrections/index.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';

/** What the steps of a plan are compiled with. */
export interface Compiling {
  /** The supergraph's. */
  readonly schema: GraphQLSchema;
  readonly client: (subgraph: string) => SubgraphClient;
  /** The client's names of variables that are planned under others. */
  readonly variables: ReadonlyMap<string, string>;
  /** By subgraph, how representations are called there. */
  readonly renamings: ReadonlyMap<string, RenamingTree>;
  /** By which subgraphs find entities. */
  readonly keys: EntityKeys;
  /** Whether integers of custom scalars must be kept beyond 53 bits. */
  readonly exact: boolean;
  /** The mutations that may be sent again. */
  readonly idempotent: ReadonlySet<string>;
  /** Whether no other fetch writes into what the objects of a fetch's entities hold. */
  readonly shares: (fetch: FetchNode) => boolean;
}
