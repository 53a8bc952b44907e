import type { Tally, Totals } from './model.ts';
import { latencyLimitsMs, minuteOf } from './tally.ts';

const MINUTE_MS = 60_000;

/** The last `count` minutes, the running one last. */
export const minutesUntil = (now: Date, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    minuteOf(new Date(now.getTime() - (count - 1 - index) * MINUTE_MS).toISOString()),
  );

/** What statistics are read from. */
export interface Counted {
  readonly totals: Omit<Totals, 'id'> | undefined;
  readonly customers: number;
  readonly tallies: readonly Tally[];
  readonly latencies: readonly Tally[];
}

/** The figures of all reservations, and of some minutes, oldest first, to which all tallies belong. */
export function figuresOf({ totals, customers, tallies, latencies }: Counted, minutes: readonly string[]) {
  const { placed, succeeded, canceled } = totals ?? { placed: 0, succeeded: 0, canceled: 0 };
  return {
    placed,
    // What a reservation became may be known before its placement.
    pending: Math.max(0, placed - succeeded - canceled),
    succeeded,
    canceled,
    customers,
    minutes: everyMinute(tallies, minutes),
    outcomes: outcomeCounts(tallies),
    latency: latencyOf(latencies),
  };
}

/** The minute of a tally, and what happened in it. */
const partsOf = ({ id }: Tally): readonly [minute: string, what: string] => {
  const minute = minuteOf(id);
  return [minute, id.slice(minute.length + 1)];
};

function everyMinute(tallies: readonly Tally[], minutes: readonly string[]) {
  const figures = new Map(minutes.map((minute) => [minute, { placed: 0, succeeded: 0, canceled: 0 }]));
  for (const tally of tallies) {
    const [minute, what] = partsOf(tally);
    const of = figures.get(minute);
    if (of) of[figureOf(what)] += tally.count;
  }
  return Array.from(figures, ([minute, of]) => ({ at: `${minute}:00.000Z`, ...of }));
}

const figureOf = (what: string) =>
  what === 'PLACED' ? 'placed' : what === 'SUCCEED' ? 'succeeded' : 'canceled';

/** The most frequent first. */
function outcomeCounts(tallies: readonly Tally[]) {
  return [...sums(tallies)]
    .filter(([what]) => what !== 'PLACED')
    .toSorted(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .map(([what, count]) => ({
      status: what === 'SUCCEED' ? what : 'CANCELED',
      cancelReason: what === 'SUCCEED' ? null : what,
      count,
    }));
}

function latencyOf(latencies: readonly Tally[]) {
  const counted = sums(latencies);
  const limits = [...latencyLimitsMs, null];
  const counts = limits.map((_, bucket) => counted.get(String(bucket)) ?? 0);
  return {
    count: counts.reduce((total, count) => total + count, 0),
    p50Ms: percentile(counts, 0.5),
    p95Ms: percentile(counts, 0.95),
    p99Ms: percentile(counts, 0.99),
    buckets: limits.map((upToMs, bucket) => ({ upToMs, count: counts[bucket] ?? 0 })),
  };
}

/** Interpolated within its bucket, as Prometheus' `histogram_quantile` does; in the last one, that bucket's lower limit. */
function percentile(counts: readonly number[], share: number): number | null {
  const rank = counts.reduce((total, count) => total + count, 0) * share;
  if (rank === 0) return null;
  let before = 0;
  for (const [bucket, limit] of latencyLimitsMs.entries()) {
    const count = counts[bucket] ?? 0;
    const from = latencyLimitsMs[bucket - 1] ?? 0;
    if (before + count >= rank) return Math.round(from + (limit - from) * ((rank - before) / count));
    before += count;
  }
  return latencyLimitsMs.at(-1) ?? null;
}

function sums(tallies: readonly Tally[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tally of tallies) {
    const [, what] = partsOf(tally);
    counts.set(what, (counts.get(what) ?? 0) + tally.count);
  }
  return counts;
}
