import type { Metrics } from '@airline/observability';
import { type DomainEvent, uuidTime } from '@airline/schema/events';

/**
 * Records the outcome and the duration of each reservation that settles; its id has the time of its placement. A customer's
 * cancellation is an outcome, too, but its duration would measure the customer.
 */
export function sagaTelemetry(metrics: Metrics, now: () => Date): (event: DomainEvent) => void {
  // Prometheus sees an increase only of a known series: without a zero, the first expired reservations raise no alert.
  metrics.add('saga_outcomes_total', 0, { outcome: 'canceled', reason: 'EXPIRED' });
  return ({ type, data }) => {
    if (type !== 'ReservationSucceeded' && type !== 'ReservationCanceled') return;
    const { reservationId } = data;
    const reason = 'reason' in data ? data.reason : '';
    const outcome = type === 'ReservationSucceeded' ? 'succeeded' : 'canceled';
    metrics.add('saga_outcomes_total', 1, { outcome, reason });
    if (reason === 'CUSTOMER') return;
    const placedAt = uuidTime(reservationId);
    if (placedAt === undefined) return;
    const seconds = (now().getTime() - placedAt) / 1000;
    if (seconds >= 0) metrics.observe('saga_duration_seconds', seconds, { outcome });
  };
}
