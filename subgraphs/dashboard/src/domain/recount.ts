import { type Countable, type Counts, none } from './counts.ts';
import type { CustomerInfo, Decision, Known } from './model.ts';

/** Where a countable thing stands to the log of a recount. */
export type Standing = 'BEYOND' | 'IN_LOG' | 'MISSING';

export interface LogView {
  /** The number of the event that tells of this, where the log has it. */
  readonly seqOf: (countable: Countable) => number | undefined;
  /** Where the log begins for the recount. */
  readonly start: number;
  /** What is older than this instant need not be in the log; RFC 3339, UTC. */
  readonly untoldBefore: string;
}

/**
 * Whether the log tells of something, or no longer reaches back to it. What is neither will be in the log in a moment, as
 * it has just been committed; if it does not come, the log has a hole.
 */
export function standingOf(countable: Countable, { seqOf, start, untoldBefore }: LogView): Standing {
  const seq = seqOf(countable);
  if (seq !== undefined) return seq < start ? 'BEYOND' : 'IN_LOG';
  return countable.at < untoldBefore ? 'BEYOND' : 'MISSING';
}

/** MOVED: it has changed since the right counts were found out, so they must be found out anew. */
export type Outcome = 'RIGHT' | 'CORRECTED' | 'MOVED';

export interface Recount {
  readonly customerId: string;
  /** The row as it was before the right counts were found out. */
  readonly before: CustomerInfo | undefined;
  readonly right: Counts;
  /** RFC 3339, UTC. */
  readonly now: string;
}

/**
 * Corrects a customer's info, unless an event was counted in the meantime. Each event changes the row, and each change
 * makes it newer, so a row that looks the same is the same.
 */
export function recount(
  { info }: Known,
  { customerId, before, right, now }: Recount,
): Decision & { readonly result: Outcome } {
  if (!isSame(info, before)) return { result: 'MOVED' };
  if (isEqual(info ?? none, right) && !hasNoTime(info)) return { result: 'RIGHT' };
  const { flightCount, recentReserveDate, canceledCount } = right;
  const updatedAt = info && !hasNoTime(info) ? later(now, info.updatedAt) : now;
  const after = { customerId, flightCount, recentReserveDate, canceledCount, updatedAt };
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

function isSame(one: CustomerInfo | undefined, other: CustomerInfo | undefined): boolean {
  if (!one || !other) return one === other;
  return isEqual(one, other) && one.updatedAt === other.updatedAt;
}

const hasNoTime = (info: CustomerInfo | undefined): boolean =>
  info !== undefined && Number.isNaN(Date.parse(info.updatedAt));

/** The instant, or the one right after the other where that is not before it. */
const later = (instant: string, than: string): string =>
  instant > than ? instant : new Date(Date.parse(than) + 1).toISOString();
