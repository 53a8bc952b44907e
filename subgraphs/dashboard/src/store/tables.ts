import {
  type Expression,
  int,
  key,
  optionalText,
  type Row,
  type Tables,
  table,
  text,
} from '@airline/database';
import type { Service } from '@airline/schema/events';
import { sql } from 'drizzle-orm';
import type { DashboardState } from '../domain/model.ts';

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
    customerId: optionalText(),
    reserveDate: optionalText(),
  },
  [{ on: ['reservationId'] }, { on: ['customerId'], where: { column: 'customerId' } }],
);

export const erasure = table('erasure', { customerId: key(), erasedAt: text(), reason: text() });

export const tables = { info, step, erasure } satisfies Tables<DashboardState>;

export type CustomerInfoRow = Row<typeof info>;
export type SagaStepRow = Row<typeof step>;
