import type { Operation, SelectionSet } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { addFetch, type Fetched, fetchesOf, leadsTo, type PlacedFetch, sourceOf } from './fetched.ts';

/**
 * Throws a GraphQLError (code INTERNAL_SERVER_ERROR) that names the first field which the operation always selects and
 * the plan never fetches: no subgraph can resolve it, and executing the plan would return null for it. A plan without
 * a node is complete for introspection and `__typename` alone. Give it the plan as it comes from the planner.
 */
export function refuseIncompletePlan(plan: QueryPlan, operation: Operation): void {
  const fetched: Fetched = new Map();
  const fetches = fetchesOf(plan.node);
  for (const { fetch, path } of fetches) addFetch(fetched, fetch, path);
  for (const each of fetches) refuseWithoutContext(each, fetched);
  const missing = firstMissing(operation.selectionSet, fetched);
  if (missing === undefined) return;
  throw new GraphQLError(
    `The field "${missing}" cannot be resolved: no subgraph resolves it where the operation selects it.`,
    { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  );
}

/** The planner may leave out one of two fields of an object that arguments take from the context. */
function refuseWithoutContext({ fetch, path }: PlacedFetch, fetched: Fetched): void {
  const { contextRewrites = [] } = fetch;
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
