import { withoutCustomer } from './erase.ts';
import type { CustomerInfo, Decision, Known, SagaStep } from './model.ts';

/** That a reservation was placed or canceled. */
export interface CountedStep extends SagaStep {
  readonly customerId: string;
}

/**
 * Counts a step in its customer's info, once: a step that is stored was counted, unless the info is lost. Sums and
 * maxima, so whatever the order of the steps, the info ends the same. Of a customer who was erased nothing is counted.
 */
export function count({ info, step: stored, erasure }: Known, step: CountedStep): Decision {
  if (erasure) return { write: { step: withoutCustomer({ ...step, ...stored }) } };
  const { customerId, reserveDate, at } = step;
  const recorded = { ...step, ...stored, customerId, reserveDate };
  if (info && stored) {
    const isRecorded = stored.customerId === customerId && stored.reserveDate === reserveDate;
    return isRecorded ? {} : { write: { step: recorded } };
  }
  const isPlaced = step.event === 'ReservationPlaced';
  const after: CustomerInfo = {
    customerId,
    flightCount: (info?.flightCount ?? 0) + (isPlaced ? 1 : 0),
    recentReserveDate: latest(info?.recentReserveDate, reserveDate),
    canceledCount: (info?.canceledCount ?? 0) + (isPlaced ? 0 : 1),
    updatedAt: latest(info?.updatedAt, at) ?? at,
  };
  return { write: { info: after, step: recorded }, publish: [{ type: 'CustomerInfoUpdated', data: after }] };
}

function latest(one: string | null | undefined, other: string | null): string | null {
  if (one == null || other === null) return one ?? other;
  return one > other ? one : other;
}
