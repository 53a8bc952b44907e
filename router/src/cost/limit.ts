import { type Refused, refuse } from '../refusal.ts';
import { evaluate, type Formula, type Variables } from './formula.ts';

/** What a request is estimated to cost: a whole number. */
export const estimate = (formula: Formula, variables: Variables): number =>
  Math.ceil(evaluate(formula, variables));

/**
 * @param cost estimated
 * @param limit 0: none
 */
export function refuseCost(cost: number, limit: number): Refused | undefined {
  if (limit === 0 || cost <= limit) return undefined;
  const message = `The operation's estimated cost is ${cost}, and ${limit} is allowed: ask for shorter pages ("first", "last"), fewer nested lists or fewer fields.`;
  return refuse('COST_LIMIT_EXCEEDED', message, { cost: { estimated: cost, max: limit } });
}
