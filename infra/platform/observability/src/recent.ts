/** What was observed within the last minute, for whoever looks at a service without Prometheus. */
export interface Recent {
  readonly perSecond: number;
  /** Within the precision of the metric's buckets; undefined when there was nothing. */
  readonly p95: number | undefined;
}

const SLOT_MS = 10_000;
const SLOTS = 6;

interface Slot {
  /** Its beginning in units of its length. */
  index: number;
  /** How many were observed up to each bound, and above the last. */
  readonly counts: number[];
}

/**
 * Counts by slots of ten seconds, which are used again after a minute: what is kept does not depend on how much is observed.
 *
 * @param buckets upper bounds, ascending @param startedAt in ms of the clock of all other instants here
 */
export function createRecent(buckets: readonly number[], startedAt: number) {
  const slots = Array.from(
    { length: SLOTS },
    (): Slot => ({ index: -1, counts: Array(buckets.length + 1).fill(0) }),
  );

  return {
    observe(value: number, now: number): void {
      const index = Math.floor(now / SLOT_MS);
      // There is one for each remainder.
      const slot = slots[index % SLOTS] as Slot;
      if (slot.index !== index) {
        slot.index = index;
        slot.counts.fill(0);
      }
      const bucket = buckets.findIndex((bound) => value <= bound);
      const at = bucket === -1 ? buckets.length : bucket;
      slot.counts[at] = (slot.counts[at] ?? 0) + 1;
    },

    at(now: number): Recent {
      const oldest = Math.floor(now / SLOT_MS) - SLOTS + 1;
      const counts = Array<number>(buckets.length + 1).fill(0);
      for (const { index, counts: each } of slots)
        if (index >= oldest) for (const [at, count] of each.entries()) counts[at] = (counts[at] ?? 0) + count;
      const total = counts.reduce((sum, count) => sum + count, 0);
      const seconds = (now - Math.max(startedAt, oldest * SLOT_MS)) / 1000;
      return {
        perSecond: seconds > 0 ? total / seconds : 0,
        p95: total > 0 ? quantile(0.95, counts, total, buckets) : undefined,
      };
    },
  };
}

/** As `histogram_quantile` of Prometheus has it: evenly distributed within a bucket, and the last bound above it. */
function quantile(
  rank: number,
  counts: readonly number[],
  total: number,
  buckets: readonly number[],
): number {
  let below = 0;
  let lower = 0;
  for (const [at, upper] of buckets.entries()) {
    const count = counts[at] ?? 0;
    if (below + count >= rank * total) return lower + ((upper - lower) * (rank * total - below)) / count;
    below += count;
    lower = upper;
  }
  return lower;
}
