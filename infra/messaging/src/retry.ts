import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  /** Milliseconds before the second try; doubled for each further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The wait before a further try: exponential with full jitter, so that those who failed together part. */
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
export async function repeat(
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
