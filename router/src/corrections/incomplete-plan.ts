import type { Operation, SelectionSet } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import { selectionsOf, unresolved } from './fetch-document.ts';

/** The response names that a plan fetches, whatever the types. */
interface Fetched extends Map<string, Fetched> {}

/**
 * Throws a GraphQLError (code INTERNAL_SERVER_ERROR) that names the first field which the operation always selects and
 * the plan never fetches: no subgraph can resolve it, and executing the plan would return null for it. A plan without
 * a node is complete for introspection and `__typename` alone. Give it the plan as it comes from the planner.
 */
export function refuseIncompletePlan(plan: QueryPlan, operation: Operation): void {
  const fetched: Fetched = new Map();
  if (plan.node) addNode(fetched, plan.node, []);
  const missing = firstMissing(operation.selectionSet, fetched);
  if (missing === undefined) return;
  throw new GraphQLError(
    `The field "${missing}" cannot be resolved: no subgraph resolves it where the operation selects it.`,
    { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  );
}

function addNode(fetched: Fetched, node: PlanNode | SubscriptionNode, path: readonly string[]): void {
  switch (node.kind) {
    case 'Fetch':
      addFetch(fetched, node, path);
      return;
    case 'Flatten':
      addNode(fetched, node.node, [...path, ...node.path.filter((step) => step !== '@').map(String)]);
      return;
    case 'Subscription':
      addFetch(fetched, node.primary, path);
      if (node.rest) addNode(fetched, node.rest, path);
      return;
    case 'Condition':
      throw unresolved();
    case 'Defer':
      // The paths of what is deferred begin at the root, as those of a nested node do.
      for (const block of [node.primary, ...node.deferred]) if (block.node) addNode(fetched, block.node, []);
      return;
    default:
      for (const child of node.nodes) addNode(fetched, child, path);
  }
}

function addFetch(fetched: Fetched, fetch: FetchNode, path: readonly string[]): void {
  const target = path.reduce(below, fetched);
  const renamed = new Map<string, string>();
  for (const rewrite of fetch.outputRewrites ?? []) {
    if (rewrite.kind === 'KeyRenamer') renamed.set(rewrite.path.at(-1) ?? '', rewrite.renameKeyTo);
  }
  addSelections(target, selectionsOf(fetch), renamed);
}

function addSelections(into: Fetched, set: SelectionSetNode, renamed: ReadonlyMap<string, string>): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      addSelections(into, selection.selectionSet, renamed);
      continue;
    }
    const name = (selection.alias ?? selection.name).value;
    const inner = below(into, renamed.get(name) ?? name);
    if (selection.selectionSet) addSelections(inner, selection.selectionSet, renamed);
  }
}

function below(fetched: Fetched, name: string): Fetched {
  const inner = fetched.get(name) ?? new Map();
  fetched.set(name, inner);
  return inner;
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
