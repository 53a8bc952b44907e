import { createMetrics } from '@airline/observability';
import type { DomainEvent } from '@airline/schema/events';
import { expect, test } from 'vitest';
import { sagaTelemetry } from './saga-telemetry.ts';

const PLACED_AT = Date.parse('2024-11-21T10:00:00.000Z');
const time = PLACED_AT.toString(16).padStart(12, '0');
const reservationId = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000001`;
const who = { reservationId, customerId: 'c1', flightId: 'f1' };

const canceled = (reason: 'CUSTOMER' | 'SEATS_SOLD_OUT'): DomainEvent => ({
  type: 'ReservationCanceled',
  data: { ...who, seatQty: 1, reason },
});

test('tells how sagas end, and how long that took since they were placed', async () => {
  const metrics = createMetrics();
  const tell = sagaTelemetry(metrics, () => new Date(PLACED_AT + 30));
  tell({ type: 'ReservationPlaced', data: { ...who, seatQty: 1, reserveDate: '2024-11-21' } });
  tell({ type: 'ReservationSucceeded', data: who });
  tell(canceled('SEATS_SOLD_OUT'));
  tell(canceled('CUSTOMER'));
  const text = await metrics.text();
  expect(text).toContain('saga_outcomes_total{outcome="succeeded",reason=""} 1\n');
  expect(text).toContain('saga_outcomes_total{outcome="canceled",reason="SEATS_SOLD_OUT"} 1\n');
  expect(text).toContain('saga_outcomes_total{outcome="canceled",reason="CUSTOMER"} 1\n');
  expect(text).toContain('saga_duration_seconds_sum{outcome="succeeded"} 0.03\n');
  expect(text).toContain('saga_duration_seconds_count{outcome="canceled"} 1\n');
});

test('tells that none has expired before one has, so that the first is seen as one more', async () => {
  const metrics = createMetrics();
  sagaTelemetry(metrics, () => new Date(PLACED_AT));
  expect(await metrics.text()).toContain('saga_outcomes_total{outcome="canceled",reason="EXPIRED"} 0\n');
});
