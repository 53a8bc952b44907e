import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import type { RequiredOfObjects } from '../corrections/index.ts';
import type { Compiling } from './compiling.ts';
import { EntityFetch } from './entity-step.ts';
import { overlaps } from './overlaps.ts';
import { type PlannedStep, planSteps } from './plan-steps.ts';
import { RootFetch } from './root-step.ts';
import type { Step } from './run.ts';
import { splitByType } from './split-by-type.ts';

interface CompilingPlan extends Omit<Compiling, 'shares'> {
  readonly requiredOfObjects: RequiredOfObjects;
}

/** A plan, ready to run. */
export interface CompiledPlan {
  /** For a subscription: the fetch whose results are its events. */
  readonly primary: RootFetch | undefined;
  readonly steps: readonly Step[];
}

export function compilePlan(
  { node }: QueryPlan,
  { requiredOfObjects, ...environment }: CompilingPlan,
): CompiledPlan {
  const primary = node?.kind === 'Subscription' ? node.primary : undefined;
  const given = planSteps(node?.kind === 'Subscription' ? node.rest : node);
  const allOf = (steps: readonly PlannedStep[]) => [
    ...(primary ? [{ node: primary, path: [] }] : []),
    ...steps.flatMap((step) => step.fetches),
  ];
  const split = splitByType(allOf(given), environment.schema, requiredOfObjects);
  const planned = given.map((step) => ({ ...step, fetches: step.fetches.flatMap(split) }));
  const compiling = { ...environment, shares: sharing(allOf(planned)) };
  return {
    primary: primary && new RootFetch(primary, [], compiling),
    steps: compileSteps(planned, compiling),
  };
}

function compileSteps(planned: readonly PlannedStep[], compiling: Compiling): Step[] {
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

function sharing(fetches: PlannedStep['fetches']): (fetch: FetchNode) => boolean {
  // What surrounds an object tells its context, so each place needs an object of its own.
  if (fetches.some((fetch) => fetch.node.contextRewrites)) return () => false;
  const overlapping = overlaps(fetches);
  return (fetch) => !overlapping.has(fetch);
}
