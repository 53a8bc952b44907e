import { createHash } from 'node:crypto';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, isScalarType, isSpecifiedScalarType, Kind } from 'graphql';
import { Access } from '../access/access.ts';
import {
  correctPlan,
  correctSupergraph,
  markNumbers,
  overrideLabels,
  plannedWithin,
  plannerConfig,
  refuseIncompletePlan,
  refuseUnmetRequires,
  restoreNumbers,
} from '../corrections/index.ts';
import { costModel } from '../cost/model.ts';
import { DocumentBudget, type DocumentCache } from '../pipeline/document-cache.ts';
import type { Snapshot } from '../pipeline/snapshot.ts';
import type { SubgraphClients } from '../served-graph.ts';
import { idempotentMutations } from './idempotent.ts';

/** About 100 ms. */
export function createSnapshot(
  supergraphSdl: string,
  clients: SubgraphClients,
  documents: DocumentCache = new DocumentBudget().open(),
): Snapshot {
  const { sdl, translations } = correctSupergraph(supergraphSdl);
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, plannerConfig);
  const subgraphs = supergraph.subgraphs();
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema({ includeDefer: true });
  const hasCustomScalars = Object.values(schema.getTypeMap()).some(
    (type) => isScalarType(type) && !isSpecifiedScalarType(type),
  );
  return {
    id: createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12),
    schema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    clients,
    hasCustomScalars,
    translations,
    costs: costModel(supergraph.schema, schema),
    access: new Access(supergraph.schema),
    idempotent: idempotentMutations(supergraph.schema),
    documents,
    overrideLabels: overrideLabels(sdl),
    plan: (document, overrides) => {
      const marked = hasCustomScalars ? markNumbers(document, schema) : document;
      const wanted = operationFromDocument(apiSchema, nameless(marked));
      const options = { overrideConditions: new Map(overrides) };
      const plan = plannedWithin(() => planner.buildQueryPlan(wanted, options));
      refuseIncompletePlan(plan, wanted);
      refuseUnmetRequires(plan, subgraphs);
      const corrected = correctPlan(plan, translations);
      return marked === document ? corrected : restoreNumbers(corrected);
    },
  };
}

/**
 * The planner writes an operation's name into its fetches. A subscription goes without, so that clients that name theirs
 * differently share one upstream.
 */
function nameless({ kind, definitions }: DocumentNode): DocumentNode {
  return {
    kind,
    definitions: definitions.map((node) => {
      if (node.kind !== Kind.OPERATION_DEFINITION || node.operation !== 'subscription') return node;
      const { name: _, ...unnamed } = node;
      return unnamed;
    }),
  };
}
