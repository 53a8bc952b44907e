import type { AnyColumn } from '@airline/database';
import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Caller, readableCustomer } from '../identity/caller.ts';

/** The condition of the rows that a caller may read, by the column of the customer whose they are; undefined: all rows. */
export function visibleTo(caller: Caller, customerId: AnyColumn): SQL | undefined {
  const customer = readableCustomer(caller);
  return customer === undefined ? undefined : eq(customerId, customer);
}

/**
 * A text whose index is not used. Of a customer's rows, which the index of the customer finds, those with a value are few to
 * look at; those of all customers with that value may be many.
 */
export const withoutIndex = (text: SQLWrapper): SQL => sql`${text} || ''`;
