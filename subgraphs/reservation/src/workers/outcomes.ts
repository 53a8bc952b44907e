import type { Running } from '@airline/messaging';
import type { Feed } from '@airline/service';
import { topicOf } from '../store/topics.ts';

/** Timeout of `awaitOutcome`. */
const TIMEOUT_MS = 5000;
/** The share of a request's time after which the reservation is returned as it is. */
const WAITING_SHARE = 0.9;

export interface Outcomes extends Running {
  /**
   * Resolves when the reservation has settled, on any replica, on close and on timeout: early enough for a response
   * within `requestTimeoutMs`, if that is known.
   */
  settled(reservationId: string, requestTimeoutMs?: number): Outcome;
}

export interface Outcome extends Disposable {
  readonly promise: Promise<void>;
}

/** Waits for reservations to settle, by the service's event stream, which has the events of all replicas. */
export function listenForOutcomes(feed: Pick<Feed, 'listen'>): Outcomes {
  const waiting = new Set<() => void>();

  return {
    settled: (reservationId, requestTimeoutMs = Number.POSITIVE_INFINITY) => {
      const { promise, resolve: wake } = Promise.withResolvers<void>();
      const timer = setTimeout(wake, Math.min(TIMEOUT_MS, requestTimeoutMs * WAITING_SHARE));
      const stopListening = feed.listen(topicOf({ id: reservationId }), ({ type }) => {
        if (type !== 'ReservationPlaced') wake();
      });
      waiting.add(wake);
      return {
        promise,
        [Symbol.dispose]: () => {
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
