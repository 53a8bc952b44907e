import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { unresolved } from '../corrections/index.ts';
import type { DeferredFragment } from './deferred-fragments.ts';
import { planSteps } from './plan-steps.ts';
import type { Step } from './run.ts';

/** A plan as clients may see it; `Fetched` is what is known of each fetch beside its text. */
export type PlanTree<Fetched> =
  | ({ readonly kind: 'Fetch'; readonly subgraph: string; readonly operation: string } & Fetched)
  /** The fetch is for the objects at this path, such as `flight.reservations.@`. */
  | { readonly kind: 'Flatten'; readonly path: string; readonly node: PlanTree<Fetched> }
  | { readonly kind: 'Sequence' | 'Parallel'; readonly nodes: readonly PlanTree<Fetched>[] }
  | {
      readonly kind: 'Defer';
      readonly primary: PlanTree<Fetched> | null;
      readonly deferred: readonly {
        readonly label: string | null;
        readonly node: PlanTree<Fetched> | null;
      }[];
    };

/** Which request a fetch is part of: those of one number are sent as one. */
export interface Sent {
  readonly request: number;
}

/** A request's times in ms since the operation began; null for what is not over, or for a request that was not necessary. */
export interface Timed extends Sent {
  readonly start: number | null;
  readonly duration: number | null;
}

export type Outline = PlanTree<Sent>;

/**
 * @param deferred whose labels are the client's
 * @returns null where no subgraph is asked for anything
 */
export function outlineOf({ node }: QueryPlan, deferred: readonly DeferredFragment[]): Outline | null {
  // A subscription's events share their execution, so it has no outline.
  if (!node || node.kind === 'Subscription') return null;
  const requests = new Map(
    planSteps(node).flatMap(({ fetches }, request) => fetches.map((fetch) => [fetch.node, request] as const)),
  );
  return outline(node, { requests, deferred });
}

interface Outlining {
  readonly requests: ReadonlyMap<FetchNode, number>;
  readonly deferred: readonly DeferredFragment[];
}

function outline(node: PlanNode, outlining: Outlining): Outline {
  const inside = (inner: PlanNode | undefined) => (inner ? outline(inner, outlining) : null);
  switch (node.kind) {
    case 'Fetch': {
      const request = outlining.requests.get(node) ?? 0;
      return { kind: 'Fetch', subgraph: node.serviceName, operation: node.operation, request };
    }
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.join('.'), node: outline(node.node, outlining) };
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map((child) => outline(child, outlining)) };
    case 'Defer':
      return {
        kind: 'Defer',
        primary: inside(node.primary.node),
        deferred: node.deferred.map(({ label, node: part }) => ({
          label: outlining.deferred[Number(label) - 1]?.label ?? null,
          node: inside(part),
        })),
      };
    case 'Condition':
      throw unresolved();
  }
}

/** When the requests of one execution were sent, and when each was over. */
export class RequestTimes {
  /** In ms of performance.now(). */
  readonly #begun: number;
  readonly #times = new Map<number, { readonly start: number; duration: number | null }>();

  constructor(begun: number) {
    this.#begun = begun;
  }

  /** The steps of a plan, in its order, that record here when they run. */
  recorded(steps: readonly Step[]): readonly Step[] {
    return steps.map((step, request) => ({
      ...step,
      begin: (run) => this.#record(request, () => step.begin(run)),
    }));
  }

  #record(request: number, begin: () => Promise<void> | undefined): Promise<void> | undefined {
    const begun = performance.now();
    const running = begin();
    if (running === undefined) return undefined;
    const time = { start: rounded(begun - this.#begun), duration: null as number | null };
    this.#times.set(request, time);
    return running.finally(() => {
      time.duration = rounded(performance.now() - begun);
    });
  }

  /** The outline with the times so far. */
  in(tree: Outline): PlanTree<Timed> {
    switch (tree.kind) {
      case 'Fetch':
        return { ...tree, start: null, duration: null, ...this.#times.get(tree.request) };
      case 'Flatten':
        return { ...tree, node: this.in(tree.node) };
      case 'Sequence':
      case 'Parallel':
        return { ...tree, nodes: tree.nodes.map((node) => this.in(node)) };
      case 'Defer':
        return {
          ...tree,
          primary: tree.primary && this.in(tree.primary),
          deferred: tree.deferred.map(({ label, node }) => ({ label, node: node && this.in(node) })),
        };
    }
  }
}

/** To microseconds. */
const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
