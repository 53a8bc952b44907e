import type { Operation, SelectionSet } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { unresolved } from './fetch-document.ts';
import { addFetch, type Fetched, leadsTo, namesOf, sourceOf } from './fetched.ts';

/** Fetches of entities that take arguments from around them, and where the entities are. */
type Contextual = { readonly fetch: FetchNode; readonly path: readonly string[] }[];

/**
 * Throws a GraphQLError (code INTERNAL_SERVER_ERROR) that names the first field which the operation always selects and
 * the plan never fetches: no subgraph can resolve it, and executing the plan would return null for it. A plan without
 * a node is complete for introspection and `__typename` alone. Give it the plan as it comes from the planner.
 */
export function refuseIncompletePlan(plan: QueryPlan, operation: Operation): void {
  const fetched: Fetched = new Map();
  const contextual: Contextual = [];
  if (plan.node) addNode(fetched, plan.node, [], contextual);
  for (const { fetch, path } of contextual) refuseWithoutContext(fetch, path, fetched);
  const missing = firstMissing(operation.selectionSet, fetched);
  if (missing === undefined) return;
  throw new GraphQLError(
    `The field "${missing}" cannot be resolved: no subgraph resolves it where the operation selects it.`,
    { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  );
}

/** The planner may leave out one of two fields of an object that arguments take from the context. */
function refuseWithoutContext(
  { contextRewrites = [] }: FetchNode,
  path: readonly string[],
  fetched: Fetched,
): void {
  for (const [, rewrites] of Map.groupBy(contextRewrites, ({ renameKeyTo }) => renameKeyTo)) {
    // Of the types that the object around may be of, the operation may select some.
    const isFetched = rewrites.some((rewrite) => leadsTo(fetched, sourceOf(rewrite, path)));
    if (isFetched) continue;
    const field = rewrites[0]?.path.at(-1);
    throw new GraphQLError(
      `The field "${field}" of the context is not fetched: an argument lacks its value.`,
      {
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    );
  }
}

function addNode(
  fetched: Fetched,
  node: PlanNode | SubscriptionNode,
  path: readonly string[],
  contextual: Contextual,
): void {
  switch (node.kind) {
    case 'Fetch':
      if (node.contextRewrites) contextual.push({ fetch: node, path });
      addFetch(fetched, node, path);
      return;
    case 'Flatten':
      addNode(fetched, node.node, [...path, ...namesOf(node.path)], contextual);
      return;
    case 'Subscription':
      addFetch(fetched, node.primary, path);
      if (node.rest) addNode(fetched, node.rest, path, contextual);
      return;
    case 'Condition':
      throw unresolved();
    case 'Defer':
      // The paths of what is deferred begin at the root, as those of a nested node do.
      for (const block of [node.primary, ...node.deferred])
        if (block.node) addNode(fetched, block.node, [], contextual);
      return;
    default:
      for (const child of node.nodes) addNode(fetched, child, path, contextual);
  }
}

/** Leaves out what a narrower type, or a directive other than `@defer`, may leave out. */
function firstMissing(set: SelectionSet, fetched: Fetched): string | undefined {
  for (const selection of set.selections()) {
    if (selection.element.appliedDirectives.some(({ name }) => name !== 'defer')) continue;
    if (selection.kind === 'FragmentSelection') {
      const { typeCondition, parentType } = selection.element;
      if (typeCondition && typeCondition.name !== parentType.name) continue;
      const missing = firstMissing(selection.selectionSet, fetched);
      if (missing !== undefined) return missing;
      continue;
    }
    const { name, definition } = selection.element;
    if (name.startsWith('__')) continue;
    const inner = fetched.get(selection.element.responseName());
    if (!inner) return definition.coordinate;
    const missing = selection.selectionSet && firstMissing(selection.selectionSet, inner);
    if (missing !== undefined) return missing;
  }
  return undefined;
}
