import {
  type Expression,
  int,
  key,
  optionalInt,
  optionalText,
  type Row,
  type Tables,
  table,
  text,
} from '@airline/database';
import type { Service } from '@airline/schema/events';
import { sql } from 'drizzle-orm';
import type { DashboardState, Outcome, SagaStep } from '../domain/model.ts';

/** The latest reserve date; the empty text, before all dates, where there is none. */
const recent = {
  name: 'recent',
  of: 'recentReserveDate',
  sql: (date) => sql`coalesce(${date}, '')`,
} satisfies Expression<'recentReserveDate'>;

export const info = table(
  'customer_info',
  {
    customerId: key(),
    flightCount: int(),
    recentReserveDate: optionalText(),
    canceledCount: int(),
    updatedAt: text(),
  },
  [{ on: [recent, 'customerId'] }],
);

export const recentReserveDate = recent.sql(info.recentReserveDate);

export const step = table(
  'saga_step',
  {
    id: key(),
    reservationId: text(),
    event: text(),
    service: text<Service>(),
    at: text(),
    detail: optionalText(),
    seatQty: optionalInt(),
    amount: optionalInt(),
    currency: optionalText(),
    reason: optionalText(),
    traceId: optionalText(),
    customerId: optionalText(),
    reserveDate: optionalText(),
    statistics: text<SagaStep['statistics']>({ default: 'DUE' }),
  },
  [
    { on: ['reservationId'] },
    { on: ['customerId'], where: { column: 'customerId' } },
    { on: ['event', 'id'], where: { column: 'statistics', in: ['DUE'] } },
  ],
);

export const erasure = table('erasure', { customerId: key(), erasedAt: text(), reason: text() });

export const outcome = table('reservation_outcome', {
  reservationId: key(),
  status: text<Outcome['status']>(),
});

// Counters, to which decisions add. A minute has a few rows, fewer than the steps that it counts.
export const totals = table('statistics_total', {
  id: key(),
  placed: int(),
  succeeded: int(),
  canceled: int(),
});
export const tally = table('statistics_minute', { id: key(), count: int() });
export const latency = table('statistics_latency', { id: key(), count: int() });

export const tables = {
  info,
  step,
  erasure,
  outcome,
  totals,
  tally,
  latency,
} satisfies Tables<DashboardState>;

export type CustomerInfoRow = Row<typeof info>;
export type SagaStepRow = Row<typeof step>;
