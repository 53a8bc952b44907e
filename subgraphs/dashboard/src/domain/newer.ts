import type { CustomerInfo } from './model.ts';

type Counts = Pick<CustomerInfo, 'flightCount' | 'canceledCount'>;

/** Whether one state of a customer's info came after another: each change counts a reservation or a cancellation. */
export const isNewer = (one: Counts, other: Counts): boolean =>
  one.flightCount + one.canceledCount > other.flightCount + other.canceledCount;
