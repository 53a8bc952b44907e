import type { FetchNode, PlanNode, QueryPlan, ResponsePath } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { RenamingTree } from '../corrections/index.ts';
import type { SubgraphClient } from '../sources/subgraph-client.ts';
import { EntityFetch } from './entity-step.ts';
import { overlaps } from './overlaps.ts';
import { type PlannedStep, planSteps } from './plan-steps.ts';
import { RootFetch } from './root-step.ts';
import type { Step } from './run.ts';

/** What the steps of a plan are compiled with. */
export interface Compiling {
  /** The supergraph's. */
  readonly schema: GraphQLSchema;
  readonly client: (subgraph: string) => SubgraphClient;
  /** The client's names of variables that are planned under others. */
  readonly variables: ReadonlyMap<string, string>;
  /** By subgraph, how representations are called there. */
  readonly renamings: ReadonlyMap<string, RenamingTree>;
  /** Whether integers of custom scalars must be kept beyond 53 bits. */
  readonly exact: boolean;
  /** Whether no other fetch writes into what the objects of a fetch's entities hold. */
  readonly shares: (fetch: FetchNode) => boolean;
}

/** A plan, ready to run. */
export interface CompiledPlan {
  /** For a subscription: the fetch whose results are its events. */
  readonly primary: RootFetch | undefined;
  readonly steps: readonly Step[];
}

export function compilePlan({ node }: QueryPlan, environment: Omit<Compiling, 'shares'>): CompiledPlan {
  if (node?.kind === 'Subscription') {
    const { primary, rest } = node;
    const compiling = { ...environment, shares: sharing(rest, [{ node: primary, path: [] }]) };
    return { primary: new RootFetch(primary, [], compiling), steps: compileSteps(rest, compiling) };
  }
  return { primary: undefined, steps: compileSteps(node, { ...environment, shares: sharing(node, []) }) };
}

function compileSteps(node: PlanNode | undefined, compiling: Compiling): Step[] {
  const planned = planSteps(node);
  return planned.map((step, index) => {
    const enables = planned.flatMap(({ after }, other) => (after.includes(index) ? [other] : []));
    return stepOf(compileFetch(step, compiling), { part: step.part, waitsFor: step.after.length, enables });
  });
}

/** A function of its own, so that what runs later holds on to nothing of the plan. */
function stepOf(fetch: RootFetch | EntityFetch, place: Omit<Step, 'begin'>): Step {
  return { ...place, begin: (run) => fetch.begin(run) };
}

function compileFetch({ fetches }: PlannedStep, compiling: Compiling): RootFetch | EntityFetch {
  const [first] = fetches;
  if (first && !first.node.requires) return new RootFetch(first.node, first.path, compiling);
  return new EntityFetch(fetches, compiling);
}

function sharing(
  node: PlanNode | undefined,
  others: readonly { node: FetchNode; path: ResponsePath }[],
): (fetch: FetchNode) => boolean {
  const fetches = [...others, ...planSteps(node).flatMap((step) => step.fetches)];
  // What surrounds an object tells its context, so each place needs an object of its own.
  if (fetches.some((fetch) => fetch.node.contextRewrites)) return () => false;
  const overlapping = overlaps(fetches);
  return (fetch) => !overlapping.has(fetch);
}
