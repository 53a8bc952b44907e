import type { Reader } from '@airline/database';
import { and, lt, sql } from 'drizzle-orm';
import { type PaymentRow, payment } from './tables.ts';

// The condition of the index, literally: SQLite uses a partial index only for the same constants, never for parameters.
const isUnsettled = sql`${payment.status} in ('PENDING', 'REFUNDING')`;

/** Payments that are unsettled and unchanged since before an instant (RFC 3339, UTC), at most `limit`. */
export function abandonedPayments(read: Reader, before: string, limit: number): Promise<PaymentRow[]> {
  return read.page(payment, { where: and(isUnsettled, lt(payment.updatedAt, before)), limit });
}
