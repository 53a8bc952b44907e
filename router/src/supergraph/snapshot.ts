import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import {
  correctPlan,
  correctSupergraph,
  overrideLabels,
  plannerConfig,
  refuseIncompletePlan,
  type Translations,
} from '../corrections/index.ts';
import type { Overrides } from '../pipeline/overrides.ts';
import type { SubgraphClient } from '../sources/subgraph-client.ts';
import { DocumentBudget, type DocumentCache } from './documents.ts';

export type SubgraphClients = Readonly<Record<string, SubgraphClient>>;

/** One version of the supergraph and all that is derived from it. An operation uses one version from start to end. */
export interface Snapshot {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** With what composition wrote for routers. */
  readonly supergraphSchema: GraphQLSchema;
  /** By the subgraph's name. */
  readonly clients: SubgraphClients;
  /** Whether a field may be of a scalar of the graph's own, whose integers may be of any size. */
  readonly hasCustomScalars: boolean;
  readonly translations: Translations;
  /** Of progressive `@override`s, in order of their names. */
  readonly overrideLabels: readonly string[];
  readonly documents: DocumentCache;
  /** About 1 ms for a small operation; keep it. @throws GraphQLError when the planner refuses */
  plan(document: DocumentNode, operation: OperationDefinitionNode, overrides: Overrides): QueryPlan;
}

/** About 100 ms. */
export function createSnapshot(
  supergraphSdl: string,
  clients: SubgraphClients,
  documents: DocumentCache = new DocumentBudget().open(),
): Snapshot {
  const { sdl, translations } = correctSupergraph(supergraphSdl);
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, plannerConfig);
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema({ includeDefer: true });
  return {
    schema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    clients,
    hasCustomScalars: Object.values(schema.getTypeMap()).some(
      (type) => isScalarType(type) && !isSpecifiedScalarType(type),
    ),
    translations,
    documents,
    overrideLabels: overrideLabels(sdl),
    plan: (document, operation, overrides) => {
      const wanted = operationFromDocument(apiSchema, planned(document, operation));
      const plan = planner.buildQueryPlan(wanted, { overrideConditions: new Map(overrides) });
      refuseIncompletePlan(plan, wanted);
      return correctPlan(plan, translations);
    },
  };
}

/**
 * What the planner reads of a document. It writes an operation's name into its fetches; a subscription goes without, so
 * that clients that name theirs differently share one upstream.
 */
function planned(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const { name, ...nameless } = operation;
  return {
    kind: Kind.DOCUMENT,
    definitions: [operation.operation === 'subscription' ? nameless : operation, ...fragments],
  };
}
