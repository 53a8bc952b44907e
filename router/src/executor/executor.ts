import type { FetchContext } from '../sources/subgraph-request.ts';
import type { CompiledPlan } from './compile.ts';
import { runInParts } from './deliver.ts';
import type { Execution, Executor } from './execution.ts';
import { type Run, runSteps } from './run.ts';
import { respond } from './shape/respond.ts';

/**
 * Runs an operation over the subgraphs: the plan's steps fill one merged response, which is then shaped. For a
 * subscription the response begins with the event, as what its first fetch returned.
 */
export const executeOperation: Executor = async (execution) => {
  const { plan, shape, deferred } = execution.compiled;
  const { variables, times } = execution;
  const steps = times ? times.recorded(plan.steps) : plan.steps;
  const run: Run = {
    root: {},
    part: 0,
    variables,
    context: contextOf(execution),
    errors: [],
    withoutEntity: new Map(),
  };
  if (deferred.length > 0) return await runInParts({ steps, shape, deferred }, run);
  if (plan.primary) begin(plan.primary, run, execution.event);
  const running = runSteps(steps, [run]);
  if (running !== undefined) await running;
  return respond(shape, run);
};

function contextOf({ client, signal, allowance }: Execution): FetchContext {
  return { forwarded: client.forwarded, authority: client.authority, signal, allowance };
}

function begin(primary: NonNullable<CompiledPlan['primary']>, run: Run, event: Execution['event']): void {
  if (!event) throw new Error('A subscription requires an event to be executed.');
  primary.receiveEvent(run, event);
}
