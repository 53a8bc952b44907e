import type { Metrics } from '@airline/observability';
import type { DomainEvent } from '@airline/schema/events';

/** When an id was made, in ms since 1970: the first 48 bits of a UUIDv7 (RFC 9562, section 5.7). */
const madeAt = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * Tells of each reservation that settles how it did, and how long it took; its id was made when it was placed. A
 * cancellation of what had succeeded before is an outcome, too, but its time would be the customer's.
 */
export function sagaTelemetry(metrics: Metrics, now: () => Date): (event: DomainEvent) => void {
  // Prometheus sees a count grow only where it has seen it before: the first that expire would raise no alert.
  metrics.add('saga_outcomes_total', 0, { outcome: 'canceled', reason: 'EXPIRED' });
  return ({ type, data }) => {
    if (type !== 'ReservationSucceeded' && type !== 'ReservationCanceled') return;
    const { reservationId } = data;
    const reason = 'reason' in data ? data.reason : '';
    const outcome = type === 'ReservationSucceeded' ? 'succeeded' : 'canceled';
    metrics.add('saga_outcomes_total', 1, { outcome, reason });
    if (reason === 'CUSTOMER') return;
    const seconds = (now().getTime() - madeAt(reservationId)) / 1000;
    if (seconds >= 0) metrics.observe('saga_duration_seconds', seconds, { outcome });
  };
}
