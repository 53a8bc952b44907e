import type { CustomerInfo } from './model.ts';

type Dated = Pick<CustomerInfo, 'flightCount' | 'canceledCount' | 'updatedAt'>;

/**
 * Whether one state of a customer's info came after another. An event raises a count, and never moves the time back; a
 * recount may lower counts, but moves the time on.
 */
export const isNewer = (one: Dated, other: Dated): boolean =>
  one.updatedAt === other.updatedAt
    ? one.flightCount + one.canceledCount > other.flightCount + other.canceledCount
    : one.updatedAt > other.updatedAt;
