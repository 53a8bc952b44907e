import type { CustomerInfo, Decision, Erasure, Known, SagaStep } from './model.ts';

/**
 * Erases a customer: the info keeps no counts, which is as if there were none, and nothing is counted from now on. The first
 * erasure stays. It publishes nothing, since an event would hold the id again.
 */
export function erase({ erasure }: Known, asked: Erasure): Decision & { readonly result: Erasure } {
  const kept = erasure ?? asked;
  return { write: { info: emptyInfo(kept), erasure: kept }, result: kept };
}

/** Written even where there is no info: whoever counts the customer's first step at the same time then waits, or tries again. */
const emptyInfo = ({ customerId, erasedAt }: Erasure): CustomerInfo => ({
  customerId,
  flightCount: 0,
  recentReserveDate: null,
  canceledCount: 0,
  updatedAt: erasedAt,
});

type Kept = Omit<SagaStep, 'customerId' | 'reserveDate'>;

/**
 * A step of a reservation's history that no longer says whose it is. What remains of it is named, one by one: a field that is
 * added is a type error until it is said whether it is the customer's.
 */
export function withoutCustomer(step: SagaStep): SagaStep {
  const { id, reservationId, event, service, at, detail, seatQty, amount, currency, reason } = step;
  const { traceId, statistics } = step;
  const of = { id, reservationId, event, service, at };
  const kept: Kept = { ...of, detail, seatQty, amount, currency, reason, traceId, statistics };
  return { ...kept, customerId: null, reserveDate: null };
}
