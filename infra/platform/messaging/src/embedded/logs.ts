import type { EventLog } from '@airline/database';

/** The outboxes whose publishers run in this process, by stream. */
export function createLogs() {
  const logs = new Map<string, EventLog>();
  const arrivals = new Set<() => void>();

  function arrived(): void {
    for (const wake of arrivals) wake();
  }

  return {
    of: (stream: string): EventLog | undefined => logs.get(stream),
    /** Returns how to stop that what is appended to the log is told. */
    add(stream: string, log: EventLog): () => void {
      logs.set(stream, log);
      const stop = log.onAppend(arrived);
      arrived();
      return stop;
    },
    remove: (stream: string) => void logs.delete(stream),
    /** Calls back when a log is there or may have grown. Returns how to stop that. */
    onArrival(wake: () => void): () => void {
      arrivals.add(wake);
      return () => arrivals.delete(wake);
    },
  };
}
