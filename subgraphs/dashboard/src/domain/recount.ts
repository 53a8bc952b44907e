import type { Counts, CustomerInfo, Decision, Known } from './model.ts';

/** MOVED: the info has changed since its steps were counted, so they must be counted again. */
export type Outcome = 'RIGHT' | 'CORRECTED' | 'MOVED';

export interface Recount {
  /** The row as it was before its steps were counted. */
  readonly before: CustomerInfo;
  readonly right: Counts;
  /** RFC 3339, UTC. */
  readonly now: string;
}

/**
 * Corrects a customer's info, unless a step was counted in the meantime. Each such step changes the row, and each change
 * makes it newer, so a row that looks the same is the same.
 */
export function recount(
  { info, erasure }: Known,
  { before, right, now }: Recount,
): Decision & { readonly result: Outcome } {
  // Its steps may still be on their way out.
  if (erasure) return { result: 'RIGHT' };
  if (!info || !isEqual(info, before) || info.updatedAt !== before.updatedAt) return { result: 'MOVED' };
  const hasTime = !Number.isNaN(Date.parse(info.updatedAt));
  if (isEqual(info, right) && hasTime) return { result: 'RIGHT' };
  const updatedAt = hasTime ? later(now, info.updatedAt) : now;
  const after = { customerId: info.customerId, ...right, updatedAt };
  return {
    write: { info: after },
    publish: [{ type: 'CustomerInfoUpdated', data: after }],
    result: 'CORRECTED',
  };
}

const isEqual = (one: Counts, other: Counts): boolean =>
  one.flightCount === other.flightCount &&
  one.canceledCount === other.canceledCount &&
  one.recentReserveDate === other.recentReserveDate;

/** The instant, or the one right after the other where that is not before it. */
const later = (instant: string, than: string): string =>
  instant > than ? instant : new Date(Date.parse(than) + 1).toISOString();
