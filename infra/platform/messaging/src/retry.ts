import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  /** Milliseconds before the first retry; doubled for each further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * The wait in ms before a retry: exponential with equal jitter, so that clients that failed together do not retry together.
 *
 * @param failures how many attempts have failed, from 1
 */
export function backoffMs({ firstMs, longestMs }: Backoff, failures: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return ceiling * (0.5 + random() / 2);
}

/** Waits, or returns at once when the signal fires; it keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Reports a failure once while its message stays the same; `over` ends it. */
function onceWhileTheSame(failed: (error: unknown) => void) {
  let before: string | undefined;
  return {
    failed(error: unknown): void {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== before) failed(error);
      before = reason;
    },
    over(): void {
      before = undefined;
    },
  };
}

/**
 * Runs work at an interval, one run at a time, until the signal fires; `failed` gets a failure once while its message stays the
 * same.
 */
export async function runEvery(
  intervalMs: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Promise<void> {
  const fault = onceWhileTheSame(failed);
  while (!signal.aborted) {
    await pause(intervalMs, signal);
    if (!signal.aborted) await work().then(fault.over, fault.failed);
  }
}

const RETRY_MS = 100;

/** Runs work again and again until the signal fires; `failed` gets a failure once while its message stays the same. */
export async function runForever(
  work: () => Promise<unknown>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  const fault = onceWhileTheSame(failed);
  while (!signal.aborted) {
    try {
      await work();
      fault.over();
    } catch (error) {
      if (signal.aborted) return;
      fault.failed(error);
      await pause(RETRY_MS, signal);
    }
  }
}
