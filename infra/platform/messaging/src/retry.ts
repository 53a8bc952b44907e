import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  /** Milliseconds before the second try; doubled for each further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The wait before a further try: exponential with equal jitter, so that those who failed together part. */
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

/** Does something every so often, one at a time, until the signal fires; failures are handed over, and it goes on. */
export async function runEvery(
  everyMs: number,
  signal: AbortSignal,
  doing: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await pause(everyMs, signal);
    if (!signal.aborted) await doing().catch(failed);
  }
}

const KEEP_RETRY_MS = 100;

/** Tries until it succeeds, whatever fails, or throws the signal's reason when that fires. */
export async function retryUntilDone<Result>(
  trying: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await trying();
    } catch {
      await pause(KEEP_RETRY_MS, signal);
    }
  }
}

/** Does something again and again until the signal fires, whatever fails; a failure is handed over once while it lasts. */
export async function runForever(
  doing: () => Promise<unknown>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  let before: string | undefined;
  while (!signal.aborted) {
    try {
      await doing();
      before = undefined;
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== before) failed(error);
      before = reason;
      await pause(KEEP_RETRY_MS, signal);
    }
  }
}
