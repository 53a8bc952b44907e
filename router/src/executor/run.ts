import type { FetchContext } from '../sources/subgraph-client.ts';
import type { ErrorPlace } from './targets.ts';
import type { Tree } from './tree.ts';

/** An error of a fetch. Its place is in the merged response, and may be what the client has not selected. */
export interface FetchError {
  readonly message: string;
  readonly place: ErrorPlace | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What the steps of one execution share. */
export interface Run {
  /** The merged response. */
  readonly root: Tree;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: FetchContext;
  readonly errors: FetchError[];
  /** Objects that a subgraph has no entity for: what they lack is null, not missing. */
  readonly withoutEntity: Set<Tree>;
}

/** One request to a subgraph, or none if nothing is to be asked for. */
export interface Step {
  /** It never rejects. */
  begin(run: Run): Promise<void> | undefined;
  /** How many steps must have ended before. */
  readonly waitsFor: number;
  /** The steps that wait for this one, by index. */
  readonly enables: readonly number[];
}

/**
 * Runs each step as soon as those that it waits for have ended. Once the request is aborted, no further step begins.
 * Rejects for a fault of the router alone.
 */
export function runSteps(steps: readonly Step[], run: Run): Promise<void> | undefined {
  const missing = steps.map(({ waitsFor }) => waitsFor);
  let left = steps.length;
  const { signal } = run.context;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const end = (step: Step): void => {
    left -= 1;
    for (const index of step.enables) {
      missing[index] = (missing[index] ?? 0) - 1;
      if (missing[index] === 0) begin(steps[index]);
    }
    if (left === 0) resolve();
  };
  const begin = (step: Step | undefined): void => {
    if (!step) return;
    const running = signal?.aborted ? undefined : step.begin(run);
    if (running !== undefined) running.then(() => end(step)).catch(reject);
    else end(step);
  };
  for (const step of steps) if (step.waitsFor === 0) begin(step);
  return left === 0 ? undefined : promise;
}
