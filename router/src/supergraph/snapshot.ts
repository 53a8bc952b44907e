import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  correctDataSource,
  correctPlan,
  correctSupergraph,
  plannerConfig,
  refuseIncompletePlan,
  type Translations,
} from '../corrections/index.ts';
import type { CheckedDocument } from '../pipeline/document.ts';
import type { DataSources } from '../sources/data-source.ts';

/** Characters of documents that are kept parsed, checked and planned. */
const KEPT_CHARACTERS = 8_000_000;

/** One version of the supergraph and all that is derived from it. An operation uses one version from start to end. */
export interface Snapshot {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** The same for the executor, in the terms of Apollo's packages. */
  readonly apiSchema: Schema;
  /** With what composition wrote for routers. */
  readonly supergraphSchema: GraphQLSchema;
  readonly dataSources: DataSources;
  readonly translations: Translations;
  /** By their text: parsed, checked, and planned where they were asked for. */
  readonly documents: LRUCache<string, CheckedDocument>;
  /** About 1 ms for a small operation; keep it. @throws GraphQLError when the planner refuses */
  plan(document: DocumentNode, operation: OperationDefinitionNode): QueryPlan;
}

/** About 100 ms. */
export function createSnapshot(supergraphSdl: string, dataSources: DataSources): Snapshot {
  const { sdl, translations } = correctSupergraph(supergraphSdl);
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, plannerConfig);
  const apiSchema = supergraph.apiSchema();
  return {
    schema: apiSchema.toGraphQLJSSchema(),
    apiSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    dataSources: Object.fromEntries(
      Object.entries(dataSources).map(([name, source]) => [
        name,
        correctDataSource(source, name, translations),
      ]),
    ),
    translations,
    documents: new LRUCache({
      maxSize: KEPT_CHARACTERS,
      sizeCalculation: (_document, text) => text.length + 1,
    }),
    plan: (document, operation) => {
      const wanted = operationFromDocument(apiSchema, planned(document, operation));
      const plan = planner.buildQueryPlan(wanted);
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
