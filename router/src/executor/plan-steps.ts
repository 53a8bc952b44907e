import type { DeferNode, FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';
import { unresolved } from '../corrections/index.ts';
import { type PlacedFetch, waitForContext } from './context-order.ts';
import type { Part } from './deferred-fragments.ts';
import { waitForRequired } from './required-order.ts';

/**
 * Fetches that are sent as one request: one fetch, or those of entities from one subgraph at one level of the plan. They
 * are of one part of the response, so that none is later for what is deferred.
 */
export interface PlannedStep {
  readonly fetches: readonly { readonly node: FetchNode; readonly path: ResponsePath }[];
  readonly part: Part;
  /** The steps that must have ended before, by their index. */
  readonly after: readonly number[];
}

/**
 * A plan as steps that each begin as soon as what they wait for has ended: what stands before it in a sequence, and what
 * fetches its context or what it requires. Fetches at one level never wait for each other, so they can share a request. None is waited for
 * longer than by the plan.
 */
export function planSteps(node: PlanNode | undefined): PlannedStep[] {
  const planned: PlacedFetch[] = [];
  if (node) place(node, { path: [], part: 0, after: new Set() }, planned);
  const placed = waitForContext(waitForRequired(planned));
  const levels = levelsOf(placed);
  const groups = new Map<string, number[]>();
  placed.forEach(({ node, part }, index) => {
    const key = isJoinable(node)
      ? `${part} ${levelOf(index, placed, levels)} ${node.serviceName}`
      : `alone ${index}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const members = [...groups.values()];
  const stepOf = new Map(members.flatMap((indexes, step) => indexes.map((index) => [index, step] as const)));
  return members.map((indexes) => {
    const fetches = indexes.flatMap((index) => placed[index] ?? []);
    const after = new Set(
      fetches.flatMap((fetch) => [...fetch.after].flatMap((index) => stepOf.get(index) ?? [])),
    );
    return { fetches, part: fetches[0]?.part ?? 0, after: [...after] };
  });
}

/** By fetch, the length of the longest chain of fetches that it waits for. */
function levelsOf(placed: readonly PlacedFetch[]): readonly number[] {
  const levels: number[] = [];
  const level = (index: number): number =>
    (levels[index] ??= 1 + Math.max(-1, ...[...(placed[index]?.after ?? [])].map(level)));
  return placed.map((_, index) => level(index));
}

/** A fetch that nothing waits for can share the last request to its subgraph, which takes no longer for it. */
function levelOf(index: number, placed: readonly PlacedFetch[], levels: readonly number[]): number {
  const fetch = placed[index];
  if (!fetch || placed.some(({ after }) => after.has(index))) return levels[index] ?? 0;
  const others = levels.filter((_, other) => {
    const { node, part } = placed[other] ?? fetch;
    return isJoinable(node) && part === fetch.part && node.serviceName === fetch.node.serviceName;
  });
  return Math.max(...others);
}

const isJoinable = ({ requires, contextRewrites }: FetchNode) =>
  requires !== undefined && contextRewrites === undefined;

/** Where a node stands in the plan. */
type Standing = Pick<PlacedFetch, 'path' | 'part' | 'after'>;

/** @returns the indexes of the fetches that the node holds */
function place(node: PlanNode, standing: Standing, placed: PlacedFetch[]): ReadonlySet<number> {
  switch (node.kind) {
    case 'Fetch':
      return new Set([placed.push({ node, ...standing }) - 1]);
    case 'Flatten':
      return place(node.node, { ...standing, path: [...standing.path, ...node.path] }, placed);
    case 'Parallel':
      return new Set(node.nodes.flatMap((child) => [...place(child, standing, placed)]));
    case 'Sequence': {
      const all = new Set<number>();
      let before = standing.after;
      for (const child of node.nodes) {
        const inside = place(child, { ...standing, after: before }, placed);
        for (const index of inside) all.add(index);
        if (inside.size > 0) before = inside;
      }
      return all;
    }
    case 'Condition':
      throw unresolved();
    case 'Defer':
      return placeDeferred(node, standing, placed);
  }
}

/** What is deferred begins as soon as the fetches that it depends on have ended; its paths begin at the root. */
function placeDeferred(
  { primary, deferred }: DeferNode,
  standing: Standing,
  placed: PlacedFetch[],
): ReadonlySet<number> {
  const first = primary.node ? place(primary.node, standing, placed) : new Set<number>();
  for (const { node, label, depends } of deferred) {
    const ids = new Set(depends.map(({ id }) => id));
    const after = placed.flatMap(({ node: { id } }, index) =>
      id !== undefined && ids.has(id) ? [index] : [],
    );
    if (node) place(node, { path: [], part: Number(label), after: new Set(after) }, placed);
  }
  return first;
}
