import type { Result } from './result.ts';

/** What of a request is known beside its result; the last one of a tab is shown with it. */
export interface Exchange {
  readonly operation: string;
  readonly isRunning: boolean;
  /** Of the response; undefined for a subscription, or while there is none. */
  readonly status?: number;
  /** Until its last byte. */
  readonly ms?: number;
  /** Of its body, decoded. */
  readonly bytes?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly plan?: Plan | undefined;
  /** The events of a subscription, or the parts of a response that come after its first. */
  readonly parts: readonly Part[];
  /** JSON of a result that came when another tab was active, which GraphiQL would show there. */
  readonly late?: string;
}

export interface Part {
  readonly number: number;
  /** Since the request was sent. */
  readonly ms: number;
  /** Of a deferred part; empty for an event. */
  readonly label: string;
  readonly value: unknown;
}

/** As the router describes it (router/src/pipeline/with-plan.ts). */
export interface Plan {
  readonly traceId: string | null;
  readonly node: PlanNode | null;
}

export type PlanNode =
  | Fetch
  | { readonly kind: 'Flatten'; readonly path: string; readonly node: PlanNode }
  | { readonly kind: 'Sequence' | 'Parallel'; readonly nodes: readonly PlanNode[] }
  | {
      readonly kind: 'Defer';
      readonly primary: PlanNode | null;
      readonly deferred: readonly { readonly label: string | null; readonly node: PlanNode | null }[];
    };

export interface Fetch {
  readonly kind: 'Fetch';
  readonly subgraph: string;
  readonly operation: string;
  readonly request: number;
  /** In ms since the router got the operation; null where it was not necessary, or is not over. */
  readonly start: number | null;
  readonly duration: number | null;
}

/** The most events that are listed; older ones are left out. */
export const MOST_PARTS = 500;

/** A result without its plan, which is shown on its own. */
export function withoutPlan<R extends Pick<Result, 'extensions'>>(
  result: R,
): { result: R; plan: Plan | undefined } {
  const { extensions, ...bare } = result;
  if (extensions?.plan === undefined) return { result, plan: undefined };
  const { plan, ...others } = extensions;
  const rest = Object.keys(others).length > 0 ? { ...bare, extensions: others } : bare;
  // It is R but for what is taken out; the router wrote the plan.
  return { result: rest as R, plan: plan as Plan };
}
