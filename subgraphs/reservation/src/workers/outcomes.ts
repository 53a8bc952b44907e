import type { Running } from '@airline/messaging';
import type { Feed } from '@airline/service';
import { topicOf } from '../store/topics.ts';

/** Timeout of `awaitOutcome`. */
const TIMEOUT_MS = 5000;

export interface Outcomes extends Running {
  /** Resolves when the reservation has settled, on any replica, on timeout and on close. Call `stop` when done. */
  settled(reservationId: string): { promise: Promise<void>; stop(): void };
}

/** Waits for reservations to settle, by the service's event stream, which has the events of all replicas. */
export function listenForOutcomes(feed: Pick<Feed, 'listen'>): Outcomes {
  const waiting = new Set<() => void>();

  return {
    settled: (reservationId) => {
      const { promise, resolve: wake } = Promise.withResolvers<void>();
      const timer = setTimeout(wake, TIMEOUT_MS);
      const stopListening = feed.listen(topicOf({ id: reservationId }), ({ type }) => {
        if (type !== 'ReservationPlaced') wake();
      });
      waiting.add(wake);
      return {
        promise,
        stop: () => {
          clearTimeout(timer);
          stopListening();
          waiting.delete(wake);
        },
      };
    },
    close: async () => {
      for (const wake of waiting) wake();
    },
  };
}
