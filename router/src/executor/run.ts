import type { FetchContext } from '../sources/subgraph-request.ts';
import type { Tree } from '../tree.ts';
import type { Part } from './deferred-fragments.ts';
import type { ErrorPlace } from './targets.ts';

/** An error of a fetch. Its place is in the merged response, and may be what the client has not selected. */
export interface FetchError {
  readonly message: string;
  readonly place: ErrorPlace | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What the steps of one part of an execution share; all of it but the part's number and errors is the execution's. */
export interface Run {
  /** The merged response. */
  readonly root: Tree;
  /** The part of the response that is filled: one that is deferred only adds to what others have fetched. */
  readonly part: Part;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: FetchContext;
  readonly errors: FetchError[];
  /** By an object that a subgraph has no entity for, the fields of that entity: where nobody returns them they are null. */
  readonly withoutEntity: Map<Tree, Set<string>>;
}

/** One request to a subgraph, or none if nothing is to be asked for. */
export interface Step {
  /** It never rejects. */
  begin(run: Run): Promise<void> | undefined;
  /** The part of the response that it is for; the parts that precede it do not wait for it. */
  readonly part: Part;
  /** How many steps must have ended before. */
  readonly waitsFor: number;
  /** The steps that wait for this one, by index. */
  readonly enables: readonly number[];
}

/** What is called for each part but the first: that its steps have ended, or for a fault of the router. */
export interface PartsEnd {
  ended(part: Part): void;
  failed(error: unknown): void;
}

/**
 * Runs each step as soon as those that it waits for have ended. Once the request is aborted, no further step begins.
 *
 * @param runs by part, all of one execution
 * @returns a promise of the first part, unless it has ended already; it rejects for a fault of the router alone
 */
export function runSteps(
  steps: readonly Step[],
  runs: readonly [Run, ...Run[]],
  later?: PartsEnd,
): Promise<void> | undefined {
  const missing = steps.map(({ waitsFor }) => waitsFor);
  const left = runs.map((_, part) => steps.filter((step) => step.part === part).length);
  const { signal } = runs[0].context;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const end = (step: Step): void => {
    const { part } = step;
    left[part] = (left[part] ?? 0) - 1;
    for (const index of step.enables) {
      missing[index] = (missing[index] ?? 0) - 1;
      if (missing[index] === 0) begin(steps[index]);
    }
    if (left[part] !== 0) return;
    if (part === 0) resolve();
    else later?.ended(part);
  };
  const begin = (step: Step | undefined): void => {
    const run = step && runs[step.part];
    if (!step || !run) return;
    const running = signal?.aborted ? undefined : step.begin(run);
    const fail = step.part === 0 ? reject : later?.failed;
    if (running !== undefined) running.then(() => end(step)).catch(fail);
    else end(step);
  };
  left.forEach((count, part) => {
    if (part > 0 && count === 0) later?.ended(part);
  });
  for (const step of steps) if (step.waitsFor === 0) begin(step);
  return left[0] === 0 ? undefined : promise;
}
