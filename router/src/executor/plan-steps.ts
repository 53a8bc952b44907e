import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';

/** A fetch of a plan, and what must have ended before it begins. */
interface PlacedFetch {
  readonly node: FetchNode;
  readonly path: ResponsePath;
  readonly after: ReadonlySet<number>;
  /** The length of the longest chain of fetches that it waits for. */
  readonly level: number;
}

/** Fetches that are sent as one request: one fetch, or those of entities from one subgraph at one level of the plan. */
export interface PlannedStep {
  readonly fetches: readonly { readonly node: FetchNode; readonly path: ResponsePath }[];
  /** The steps that must have ended before, by their index. */
  readonly after: readonly number[];
}

/**
 * A plan as steps that each begin as soon as what they wait for has ended: what stands before it in a sequence. Fetches
 * at one level never wait for each other, so they can share a request. None is waited for longer than by the plan.
 */
export function planSteps(node: PlanNode | undefined): PlannedStep[] {
  const placed: PlacedFetch[] = [];
  if (node) place(node, [], new Set(), placed);
  const groups = new Map<string, number[]>();
  placed.forEach(({ node }, index) => {
    const key = isJoinable(node) ? `${levelOf(index, placed)} ${node.serviceName}` : `alone ${index}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const members = [...groups.values()];
  const stepOf = new Map(members.flatMap((indexes, step) => indexes.map((index) => [index, step] as const)));
  return members.map((indexes) => {
    const fetches = indexes.flatMap((index) => placed[index] ?? []);
    const after = new Set(
      fetches.flatMap((fetch) => [...fetch.after].flatMap((index) => stepOf.get(index) ?? [])),
    );
    return { fetches, after: [...after] };
  });
}

/** A fetch that nothing waits for can share the last request to its subgraph, which takes no longer for it. */
function levelOf(index: number, placed: readonly PlacedFetch[]): number {
  const fetch = placed[index];
  if (!fetch) return 0;
  if (placed.some(({ after }) => after.has(index))) return fetch.level;
  const others = placed.filter(({ node }) => isJoinable(node) && node.serviceName === fetch.node.serviceName);
  return Math.max(...others.map(({ level }) => level));
}

const isJoinable = ({ requires, contextRewrites }: FetchNode) =>
  requires !== undefined && contextRewrites === undefined;

/** @returns the indexes of the fetches that the node holds */
function place(
  node: PlanNode,
  path: ResponsePath,
  after: ReadonlySet<number>,
  placed: PlacedFetch[],
): ReadonlySet<number> {
  switch (node.kind) {
    case 'Fetch': {
      const level = 1 + Math.max(-1, ...[...after].map((index) => placed[index]?.level ?? 0));
      return new Set([placed.push({ node, path, after, level }) - 1]);
    }
    case 'Flatten':
      return place(node.node, [...path, ...node.path], after, placed);
    case 'Parallel':
      return new Set(node.nodes.flatMap((child) => [...place(child, path, after, placed)]));
    case 'Sequence': {
      const all = new Set<number>();
      let before = after;
      for (const child of node.nodes) {
        const inside = place(child, path, before, placed);
        for (const index of inside) all.add(index);
        if (inside.size > 0) before = inside;
      }
      return all;
    }
    case 'Condition':
      throw new Error('Conditions are resolved before an operation is planned.');
    case 'Defer':
      throw new Error('A deferred plan is executed in parts.');
  }
}
