import { setTimeout as pause } from 'node:timers/promises';
import type { Replicas } from './system.ts';

/** What ends as soon as it is started is started no more often than this. */
const RESTART_DELAY_MS = 1000;

/** Says of each process that ends that it has, and starts it again. Returns how to stop that, before the system is stopped. */
export function supervise(system: Replicas, say: (line: string) => void): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function keepRunning(name: string): Promise<void> {
    const stopped = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined));
    });
    while (!signal.aborted) {
      const running = system.processes[name];
      const exit = await Promise.race([running?.ended, stopped]);
      if (signal.aborted) return;
      say(`${name} has ended (${exit}); starting it again`);
      await pause(RESTART_DELAY_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      await system.restart(name).then(
        () => say(`${name} is up again`),
        (error: unknown) =>
          say(`${name} cannot be started: ${error instanceof Error ? error.message : error}`),
      );
    }
  }

  const supervised = Promise.all(Object.keys(system.processes).map(keepRunning));
  return async () => {
    stopping.abort();
    await supervised;
  };
}
