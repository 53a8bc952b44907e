import type { PlannedSubscription } from '../fan-out/index.ts';
import { hashOf } from '../persisted/hash.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Prepared } from '../pipeline/prepared.ts';

/** A subscription that is planned, with what it takes to plan it again. */
export interface LiveSubscription extends PlannedSubscription {
  readonly prepared: Prepared;
}

/**
 * What the sharing of subscriptions must know of one: the owning subgraph's part, and how an event becomes a result.
 * @throws Error for another operation
 */
export function planSubscription(prepared: Prepared, pipeline: Pipeline): LiveSubscription {
  const { planned, variables, operationName = '' } = prepared;
  const { compiled, text } = planned;
  if (!compiled.plan.primary) throw new Error('This operation is not planned as a subscription.');
  return {
    key: hashOf(`${operationName}\n${text}`),
    cost: prepared.cost,
    variables,
    primary: compiled.plan.primary.upstream(variables),
    execute: (event, client) => pipeline.execute({ ...prepared, client }, event),
    prepared,
  };
}
