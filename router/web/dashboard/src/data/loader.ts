import { createValue, type Value } from '../../../value.ts';
import { mayPass, type Problem } from './problem.ts';

export type Phase =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready' }
  /** `isStale`: there are rows, from before. */
  | { readonly phase: 'failed'; readonly problem: Problem; readonly isStale: boolean };

export interface Loader {
  readonly state: Value<Phase>;
  /** Loads now; once more afterwards where it is loading already, because that may have missed something. */
  request(): void;
  /** Loads now, something else: what it is loading already is of no interest any more. */
  restart(): void;
  /** Loads where the last time failed and may not fail again. */
  retry(): void;
  stop(): void;
}

export interface LoaderOptions {
  /** Returns why it could not be loaded. */
  readonly load: () => Promise<Problem | undefined>;
  readonly later: (run: () => void, ms: number) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Loads a section when it is asked to, and again after a failure that may pass. It does not poll: what is loaded is pushed
 * on.
 */
export function createLoader({ load, later }: LoaderOptions): Loader {
  const state = createValue<Phase>({ phase: 'loading' });
  let isLoading = false;
  let isAgain = false;
  let wasReady = false;
  let failures = 0;
  let isStopped = false;
  /** Makes a retry that waits, or a load that was overtaken, do nothing once there was another load. */
  let loads = 0;

  async function run(): Promise<void> {
    isLoading = true;
    isAgain = false;
    loads += 1;
    const run = loads;
    const problem = await load();
    if (run !== loads) return;
    isLoading = false;
    if (isAgain) return start();
    if (problem) return failed(problem);
    failures = 0;
    wasReady = true;
    state.set({ phase: 'ready' });
  }

  function start(): void {
    if (!isStopped) void run();
  }

  function failed(problem: Problem): void {
    failures += 1;
    state.set({ phase: 'failed', problem, isStale: wasReady });
    if (!mayPass(problem)) return;
    const run = loads;
    later(
      () => {
        if (run === loads) start();
      },
      Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)),
    );
  }

  function request(): void {
    if (isLoading) isAgain = true;
    else start();
  }

  return {
    state,
    request,
    restart: start,
    retry() {
      const known = state.get();
      if (known.phase === 'failed' && mayPass(known.problem)) request();
    },
    stop() {
      isStopped = true;
    },
  };
}
