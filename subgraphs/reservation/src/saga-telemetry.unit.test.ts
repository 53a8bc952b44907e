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

test('records the outcomes of sagas, and their duration since placement', async () => {
  const metrics = createMetrics();
  const record = sagaTelemetry(metrics, () => new Date(PLACED_AT + 30));
  record({ type: 'ReservationPlaced', data: { ...who, seatQty: 1, reserveDate: '2024-11-21' } });
  record({ type: 'ReservationSucceeded', data: who });
  record(canceled('SEATS_SOLD_OUT'));
  record(canceled('CUSTOMER'));
  const text = await metrics.text();
  expect(text).toContain('saga_outcomes_total{outcome="succeeded",reason=""} 1\n');
  expect(text).toContain('saga_outcomes_total{outcome="canceled",reason="SEATS_SOLD_OUT"} 1\n');
  expect(text).toContain('saga_outcomes_total{outcome="canceled",reason="CUSTOMER"} 1\n');
  expect(text).toContain('saga_duration_seconds_sum{outcome="succeeded"} 0.03\n');
  expect(text).toContain('saga_duration_seconds_count{outcome="canceled"} 1\n');
});

test('records zero expired sagas at the start, so that the first one is an increase', async () => {
  const metrics = createMetrics();
  sagaTelemetry(metrics, () => new Date(PLACED_AT));
  expect(await metrics.text()).toContain('saga_outcomes_total{outcome="canceled",reason="EXPIRED"} 0\n');
});
