import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { leadsTo, namesOf } from '../corrections/index.ts';
import { before, fetchedBy, type PlacedFetch } from './context-order.ts';

/**
 * The planner may place a fetch of interface objects ahead of the one of a field that it requires: it waits for that one, which
 * waits for it no more if all that it requires itself is there by then.
 */
export function waitForRequired(planned: readonly PlacedFetch[]): readonly PlacedFetch[] {
  const required = planned.map(({ node, path }) => pathsOf(node.requires ?? [], namesOf(path)));
  if (required.flat().length === 0) return planned;
  const selected = planned.map(fetchedBy);
  const placed = [...planned];
  const bringing = (path: readonly string[], among: Iterable<number>, index: number): number[] =>
    [...among].filter((other) => other !== index && leadsTo(selected[other] ?? new Map(), path));
  const isLacking = (path: readonly string[], index: number): boolean =>
    bringing(path, before(index, placed), index).length === 0;
  planned.forEach((fetch, index) => {
    const lacking = (required[index] ?? []).filter((path) => isLacking(path, index));
    for (const other of lacking.flatMap((path) => bringing(path, placed.keys(), index))) {
      const isBehind = before(other, placed).has(index);
      if ((planned[other]?.part ?? 0) > fetch.part) continue;
      if (isBehind && required[other]?.some((path) => isLacking(path, index))) continue;
      if (isBehind) bringForward(other, index, placed);
      waitFor(placed, index, other);
    }
  });
  return placed;
}

/** What has waited for a fetch by way of the other continues to wait for it. */
function bringForward(other: number, index: number, placed: PlacedFetch[]): void {
  placed.forEach(({ after }, at) => {
    if (after.has(other)) waitFor(placed, at, index);
  });
  const fetch = placed[other];
  if (fetch) placed[other] = { ...fetch, after: placed[index]?.after ?? new Set() };
}

function waitFor(placed: PlacedFetch[], index: number, other: number): void {
  const fetch = placed[index];
  if (fetch) placed[index] = { ...fetch, after: new Set([...fetch.after, other]) };
}

/** The paths of fields without a selection, but for names of types. */
function pathsOf(selections: readonly QueryPlanSelectionNode[], at: readonly string[]): string[][] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return pathsOf(selection.selections, at);
    const path = [...at, selection.name];
    if (selection.selections) return pathsOf(selection.selections, path);
    return selection.name === '__typename' ? [] : [path];
  });
}
