import type { Running } from '@airline/messaging';
import type { Feed } from '@airline/service';
import { topicOf } from '../store/topics.ts';

/** How long `awaitOutcome` waits at most. */
const PATIENCE_MS = 5000;

export interface Outcomes extends Running {
  /** Resolves when the reservation has settled, on whichever replica, or when patience has run out. */
  settled(reservationId: string): { promise: Promise<void>; forget(): void };
}

/** Hears which reservations have settled from this service's own events, so it hears of other replicas' too. */
export function listenForOutcomes(feed: Pick<Feed, 'listen'>): Outcomes {
  const waiting = new Set<() => void>();

  return {
    settled: (reservationId) => {
      const { promise, resolve: wake } = Promise.withResolvers<void>();
      const timer = setTimeout(wake, PATIENCE_MS);
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
