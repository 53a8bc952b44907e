import { nodeWeight } from '../executor/weight.ts';
import type { PlannedSubscription } from '../fan-out/index.ts';
import { hashOf } from '../persisted/hash.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Prepared } from '../pipeline/prepared.ts';
import { textBytes } from '../weight.ts';

/** A subscription that is planned, with what it takes to plan it again. */
export interface LiveSubscription extends PlannedSubscription {
  readonly prepared: Prepared;
}

/** Bytes of a subscription that no other is equal to, without what a client chooses: what shares it, and its part at the subgraph. */
const SUBSCRIPTION = 4_000;
/** Copies of its variables: as they are, and within the text that is signed for the subgraph. */
const COPIES = 2;

/**
 * What the sharing of subscriptions must know of one: the owning subgraph's part, and how an event becomes a result.
 * @throws Error for another operation
 */
export function planSubscription(prepared: Prepared, pipeline: Pipeline): LiveSubscription {
  const { planned, variables, operationName = '', extensions } = prepared;
  const { compiled, text } = planned;
  if (!compiled.plan.primary) throw new Error('This operation is not planned as a subscription.');
  const primary = compiled.plan.primary.upstream(variables);
  const given = COPIES * nodeWeight([variables, extensions]);
  return {
    key: hashOf(`${operationName}\n${text}`),
    cost: prepared.cost,
    weight: SUBSCRIPTION + planned.weight.bytes + textBytes(text) + textBytes(primary.query) + given,
    variables,
    primary,
    execute: (event, client) => pipeline.execute({ ...prepared, client }, event),
    prepared,
  };
}
