import type { Reader } from '@airline/database';
import { and, inArray, lt } from 'drizzle-orm';
import { type PaymentRow, payment } from './tables.ts';

const isUnsettled = inArray(payment.status, ['PENDING', 'REFUNDING']);

/** Payments that are unsettled and unchanged since before an instant (RFC 3339, UTC), at most `limit`. */
export function abandonedPayments(read: Reader, before: string, limit: number): Promise<PaymentRow[]> {
  return read.page(payment, { where: and(isUnsettled, lt(payment.updatedAt, before)), limit });
}
