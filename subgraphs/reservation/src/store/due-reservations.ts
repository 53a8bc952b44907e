import type { Reader } from '@airline/database';
import { and, lt, sql } from 'drizzle-orm';
import { type ReservationRow, reservation } from './tables.ts';

// The condition of the index, literally: SQLite uses a partial index only for the same constants, never for parameters.
const isPending = sql`${reservation.status} in ('PENDING')`;

/** The oldest reservations pending since before an instant (RFC 3339, UTC), at most `limit`. */
export function dueReservations(read: Reader, before: string, limit: number): Promise<ReservationRow[]> {
  const where = and(isPending, lt(reservation.placedAt, before));
  // In the order of the index of pending ones: in that of the key, SQLite would read the whole table.
  return read.page(reservation, { where, by: [reservation.placedAt], limit });
}
