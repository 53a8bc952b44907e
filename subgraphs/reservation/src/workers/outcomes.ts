import type { Running } from '@airline/messaging';
import type { Feed } from '@airline/service';
import { topicOf } from '../store/topics.ts';

/** Timeout of `awaitOutcome`. */
const TIMEOUT_MS = 5000;

export interface Outcomes extends Running {
  /** Resolves when the reservation has settled, on any replica, after the timeout, and on closing. */
  settled(reservationId: string): { promise: Promise<void>; forget(): void };
}

/** Follows which reservations have settled by this service's own event stream, which holds those of other replicas, too. */
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
        forget: () => {
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
