import type {
  FetchDataKeyRenamer,
  FetchNode,
  PlanNode,
  ResponsePath,
  SubscriptionNode,
} from '@apollo/query-planner';
import { Kind, type SelectionSetNode } from 'graphql';
import { selectionsOf, unresolved } from './fetch-document.ts';

/** The response names that fetches of a plan select, whatever the types. */
export interface Fetched extends Map<string, Fetched> {}

/** A fetch of a plan, and where what it fetches belongs. */
export interface PlacedFetch {
  readonly fetch: FetchNode;
  readonly path: readonly string[];
}

/** All fetches of a plan, or of a node of it at a path. */
export function fetchesOf(
  node: PlanNode | SubscriptionNode | undefined,
  path: readonly string[] = [],
): PlacedFetch[] {
  if (!node) return [];
  switch (node.kind) {
    case 'Fetch':
      return [{ fetch: node, path }];
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...namesOf(node.path)]);
    case 'Subscription':
      return [{ fetch: node.primary, path }, ...fetchesOf(node.rest, path)];
    case 'Condition':
      throw unresolved();
    case 'Defer':
      // The paths of what is deferred begin at the root, as those of a nested node do.
      return [node.primary, ...node.deferred].flatMap((block) => fetchesOf(block.node));
    default:
      return node.nodes.flatMap((child) => fetchesOf(child, path));
  }
}

/** A path without its lists. */
export const namesOf = (path: ResponsePath): string[] => path.filter((step) => step !== '@').map(String);

/** The path of the field that an argument of a fetch at this path takes from the context. */
export function sourceOf({ path: steps }: FetchDataKeyRenamer, path: readonly string[]): string[] {
  const around = path.slice(0, path.length - steps.filter((step) => step === '..').length);
  return [...around, ...steps.filter((step) => step !== '..' && !step.startsWith('... on '))];
}

export function leadsTo(fetched: Fetched, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  const inner = fetched.get(name);
  return inner !== undefined && leadsTo(inner, rest);
}

export function addFetch(fetched: Fetched, fetch: FetchNode, path: readonly string[]): void {
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
