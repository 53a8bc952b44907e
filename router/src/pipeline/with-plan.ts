import { parseTraceparent } from '@airline/observability';
import type { GraphQLFormattedError } from 'graphql';
import type { Outline, PlanTree, RequestTimes, Timed } from '../executor/outline.ts';
import type { Deferred, OperationResult } from '../request.ts';

/** How an operation was executed, in `extensions.plan` of its result. */
export interface ExecutedPlan {
  /** Null where traces are off. */
  readonly traceId: string | null;
  /** Null where no subgraph was asked. */
  readonly node: PlanTree<Timed> | null;
}

/** A result with its plan; where parts are deferred, their last delivery has it again, with all times. */
export function withPlan(
  result: OperationResult,
  outline: Outline | null,
  times: RequestTimes,
  traceparent: string | undefined,
): OperationResult {
  const traceId = parseTraceparent(traceparent)?.traceId ?? null;
  const plan = (): ExecutedPlan => ({ traceId, node: outline && times.in(outline) });
  const { deferred, extensions } = result;
  return {
    ...result,
    extensions: { ...extensions, plan: plan() },
    ...(deferred && { deferred: { ...deferred, increments: planned(deferred, plan) } }),
  };
}

async function* planned({ increments }: Deferred<GraphQLFormattedError>, plan: () => ExecutedPlan) {
  for await (const delivery of increments)
    yield delivery.hasNext ? delivery : { ...delivery, extensions: { plan: plan() } };
}
