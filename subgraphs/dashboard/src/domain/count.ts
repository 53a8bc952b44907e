import type { CustomerInfo, Decision, Known } from './model.ts';

// Sums and maxima: whatever the order of the events, the row ends the same.

/** A customer placed a reservation. */
export function countPlaced(known: Known, customerId: string, reserveDate: string, at: string): Decision {
  return change(known, customerId, at, (info) => ({
    flightCount: info.flightCount + 1,
    recentReserveDate: latest(info.recentReserveDate, reserveDate),
  }));
}

/** One of a customer's reservations was canceled. */
export function countCanceled(known: Known, customerId: string, at: string): Decision {
  return change(known, customerId, at, (info) => ({ canceledCount: info.canceledCount + 1 }));
}

function change(
  { info }: Known,
  customerId: string,
  at: string,
  to: (info: CustomerInfo) => Partial<CustomerInfo>,
): Decision {
  const none = { customerId, flightCount: 0, recentReserveDate: null, canceledCount: 0, updatedAt: at };
  const before = info ?? none;
  const after = { ...before, ...to(before), updatedAt: latest(before.updatedAt, at) };
  return { write: { info: after }, publish: [{ type: 'CustomerInfoUpdated', data: after }] };
}

const latest = (one: string | null, other: string): string => (one !== null && one > other ? one : other);
