import { int, key, optionalText, type Row, type Tables, table, text } from '@airline/database';
import type { CancelReason, ReservationState, ReservationStatus } from '../domain/model.ts';

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
    // With the status, or SQLite prefers the index above.
    { on: ['status', 'placedAt'], where: { column: 'status', in: ['PENDING'] } },
  ],
);

export const idempotencyRecord = table('placement', { id: key(), reservationId: text(), request: text() });

export const tables = { reservation, idempotencyRecord } satisfies Tables<ReservationState>;

export type ReservationRow = Row<typeof reservation>;
