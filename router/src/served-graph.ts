import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Access } from './access/access.ts';
import type { Translations } from './corrections/index.ts';
import type { CostModel } from './cost/model.ts';
import type { SubgraphClient } from './sources/subgraph-request.ts';

/** Which labels of progressive `@override`s are on for one request. */
export type Overrides = ReadonlyMap<string, boolean>;

export type SubgraphClients = Readonly<Record<string, SubgraphClient>>;

/** One version of the supergraph and all that operations are planned by. */
export interface ServedGraph {
  /** The same for the same supergraph. */
  readonly id: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** With what composition wrote for routers. */
  readonly supergraphSchema: GraphQLSchema;
  /** By the subgraph's name. */
  readonly clients: SubgraphClients;
  /** Whether a field may be of a scalar of the graph's own, whose integers may be of any size. */
  readonly hasCustomScalars: boolean;
  readonly translations: Translations;
  readonly costs: CostModel;
  readonly access: Access;
  /** The mutations that may be sent again. */
  readonly idempotent: ReadonlySet<string>;
  /** Of progressive `@override`s, in order of their names. */
  readonly overrideLabels: readonly string[];
  /** Plans an operation and the fragments that it uses: about 1 ms for a small one; keep it. @throws GraphQLError when the planner refuses */
  plan(document: DocumentNode, overrides: Overrides): QueryPlan;
}
