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
import { sql } from 'drizzle-orm';
import type { CancelReason, ReservationState, ReservationStatus } from '../domain/model.ts';

/** The last ten digits of the id, which a reference stands for. */
const reference = {
  name: 'reference',
  of: 'id',
  sql: (id) => sql`substr(${id}, 27)`,
} satisfies Expression<'id'>;

export const reservation = table(
  'reservation',
  {
    id: key(),
    customerId: text(),
    flightId: text(),
    seatQty: int(),
    reserveDate: text(),
    status: text<ReservationStatus>(),
    cancelReason: optionalText<CancelReason>(),
    placedAt: text(),
    updatedAt: text(),
  },
  [
    { on: ['customerId', 'id'] },
    { on: ['flightId', 'id'] },
    { on: ['status', 'id'] },
    { on: ['cancelReason', 'id'], where: { column: 'cancelReason' } },
    { on: [reference, 'id'] },
    // With the status, or SQLite prefers the index above.
    { on: ['status', 'placedAt'], where: { column: 'status', in: ['PENDING'] } },
  ],
);

export const idEnding = reference.sql(reservation.id);

export const idempotencyRecord = table('placement', { id: key(), reservationId: text(), request: text() });

export const tables = { reservation, idempotencyRecord } satisfies Tables<ReservationState>;

export type ReservationRow = Row<typeof reservation>;
