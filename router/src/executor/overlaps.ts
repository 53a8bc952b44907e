import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { Kind, type SelectionSetNode } from 'graphql';
import { selectionsOf, withoutAlias } from '../corrections/index.ts';

/**
 * The fetches that fill fields of an object which another fetch brings as part of its own: what one of them returned
 * must not be in the response twice, as the other may write something else into each.
 */
export function overlaps(fetches: readonly { node: FetchNode; path: ResponsePath }[]): Set<FetchNode> {
  const byPath = new Map<string, FetchNode[]>();
  for (const { node, path } of fetches) {
    for (const composite of new Set(compositesOf(node, path))) {
      byPath.set(composite, [...(byPath.get(composite) ?? []), node]);
    }
  }
  return new Set([...byPath.values()].filter((nodes) => nodes.length > 1).flat());
}

/** The paths of all fields with a selection that a fetch brings; lists on the way do not count. */
function compositesOf(fetch: FetchNode, path: ResponsePath): string[] {
  const start = path
    .filter((step) => step !== '@')
    .map((step) => `.${step}`)
    .join('');
  const collect = ({ selections }: SelectionSetNode, prefix: string): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) return collect(selection.selectionSet, prefix);
      if (!selection.selectionSet) return [];
      const here = `${prefix}.${withoutAlias((selection.alias ?? selection.name).value)}`;
      return [here, ...collect(selection.selectionSet, here)];
    });
  return collect(selectionsOf(fetch), start);
}
