import { type Failure, HandlingTimeoutError } from './failure.ts';

/** An end of work that may hang. */
export interface Deadline {
  /** Aborts as it passes. */
  readonly signal: AbortSignal;
  /** Resolves as it passes; a failure of the surroundings, since nothing says that the work itself has caused it. */
  readonly passed: Promise<Failure>;
}

/** Runs work that shares one deadline. */
export async function withDeadline<Result>(
  timeoutMs: number,
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const { promise: passed, resolve } = Promise.withResolvers<Failure>();
  const timer = setTimeout(() => {
    const cause = new HandlingTimeoutError(timeoutMs);
    late.abort(cause);
    resolve({ cause, isTransient: true });
  }, timeoutMs);
  try {
    return await work({ signal: late.signal, passed });
  } finally {
    clearTimeout(timer);
  }
}
