import type { LogEntry } from '@airline/database';
import type { Running, Transport } from '@airline/messaging';
import type { Logger } from '@airline/observability';
import { streamOf } from '@airline/schema/events';

/** How long `awaitOutcome` waits at most. */
const PATIENCE_MS = 5000;

export interface Outcomes extends Running {
  /** Resolves when the reservation has settled, on whichever replica, or when patience has run out. */
  settled(reservationId: string): { promise: Promise<void>; forget(): void };
}

/** Hears which reservations have settled from this service's own stream, so it hears of other replicas' too. */
export function listenForOutcomes(transport: Transport, logger: Logger): Outcomes {
  const waiting = new Map<string, Set<() => void>>();

  function hear(entries: readonly LogEntry[]): void {
    if (waiting.size === 0) return;
    for (const { event } of entries) {
      // Read without its schema: a newer replica may publish versions that this one does not know yet.
      const { type, subject } = JSON.parse(event) as { type: string; subject: string };
      if (type === 'ReservationPlaced') continue;
      for (const wake of waiting.get(subject) ?? []) wake();
    }
  }

  // In the background: without Redis a service starts all the same, and whoever waits runs out of patience.
  const closing = new AbortController();
  const tail = transport.tail(streamOf('reservation'), hear, undefined, closing.signal);
  tail.catch((error: unknown) => {
    if (!closing.signal.aborted) logger.error({ err: error }, 'outcomes cannot be heard');
  });

  return {
    settled: (reservationId) => {
      const waiters = waiting.get(reservationId) ?? new Set();
      waiting.set(reservationId, waiters);
      let wake = () => {};
      const promise = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const timer = setTimeout(wake, PATIENCE_MS);
      waiters.add(wake);
      return {
        promise,
        forget: () => {
          clearTimeout(timer);
          waiters.delete(wake);
          if (waiters.size === 0) waiting.delete(reservationId);
        },
      };
    },
    close: async () => {
      for (const waiters of waiting.values()) for (const wake of waiters) wake();
      // Ends a tail that never started, too, for want of Redis.
      closing.abort();
      await tail.then(
        (started) => started.close(),
        () => {},
      );
    },
  };
}
