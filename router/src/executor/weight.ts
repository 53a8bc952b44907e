import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { documentOf, operationOf, unresolved } from '../corrections/index.ts';
import { bareSelections } from '../syntax/selections.ts';
import { textBytes } from '../weight.ts';

/**
 * What compiled operations take in memory, in bytes, as measured on V8 in a 64-bit process. It need not be exact, but none
 * may be taken for much lighter than it is: clients choose what is compiled (weight.int.test.ts).
 */

/** A fetch without its text, and where it is in the plan. */
const FETCH = 2_000;
/** Copies of a fetch's text: as it is, and as a JSON string with what is around it. */
const TEXTS = 2;
/** A selection of representations, and what writes it once the first object of its type has come. */
const REQUIRED = 3;

/** Syntax without locations, or another tree of plain objects. */
export function nodeWeight(value: unknown): number {
  if (typeof value === 'string') return 24 + textBytes(value);
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, element) => sum + 8 + nodeWeight(element), 32);
  let weight = 24;
  for (const [key, inner] of Object.entries(value)) weight += 8 + (isUncounted(key) ? 0 : nodeWeight(inner));
  return weight;
}

/** Of a syntax node: its kind is one text for all, and what is kept has no location, which would lead to all tokens. */
const isUncounted = (key: string) => key === 'kind' || key === 'loc';

export const planWeight = ({ node }: QueryPlan): number => (node ? weightOf(node) : 0);

function weightOf(node: PlanNode | SubscriptionNode): number {
  switch (node.kind) {
    case 'Fetch':
      return fetchWeight(node);
    case 'Flatten':
      return nodeWeight(node.path) + weightOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.reduce((sum, child) => sum + weightOf(child), 0);
    case 'Subscription':
      return fetchWeight(node.primary) + (node.rest ? weightOf(node.rest) : 0);
    case 'Defer':
      return [node.primary, ...node.deferred].reduce(
        (sum, { node: part }) => sum + (part ? weightOf(part) : 0),
        0,
      );
    case 'Condition':
      throw unresolved();
  }
}

function fetchWeight(fetch: FetchNode): number {
  const { operation, requires, inputRewrites, outputRewrites } = fetch;
  const kept = nodeWeight(requires) * REQUIRED + nodeWeight(inputRewrites) + nodeWeight(outputRewrites);
  const selected = requires ? nodeWeight(bareSelections(operationOf(documentOf(fetch)).selectionSet)) : 0;
  return FETCH + TEXTS * textBytes(operation) + kept + selected;
}
