import type { Reservation } from './rows.ts';

export const MINUTES = 30;
const MINUTE_MS = 60_000;
const SAMPLES = 100;

/** How a booking ended, or that it has not. */
export type Outcome = 'PENDING' | 'SUCCEED' | NonNullable<Reservation['cancelReason']>;

export interface Bucket {
  /** The start of the minute, in milliseconds since 1970. */
  readonly minute: number;
  readonly placed: number;
}

export interface Figures {
  /** The last 30 minutes, the running one last. */
  readonly perMinute: readonly Bucket[];
  readonly placed: number;
  /** What has become of those, the most frequent first. */
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number }[];
  /** From placed to settled, the last 100 bookings in the order in which they settled; milliseconds. */
  readonly latencies: readonly number[];
  /** Their median; undefined when there are none. */
  readonly p50: number | undefined;
}

interface Sample {
  readonly settledAt: string;
  readonly ms: number;
}

/** Counts reservations as they are placed and settle. Memory does not grow with their number. */
export class Statistics {
  readonly #minutes = new Map<number, Map<Outcome, number>>();
  #samples: Sample[] = [];

  /** @param before what was known of it; undefined for one not seen before */
  see(after: Reservation, before: Reservation | undefined): void {
    const minute = Math.floor(Date.parse(after.placedAt) / MINUTE_MS) * MINUTE_MS;
    const outcomes = this.#minutes.get(minute) ?? new Map<Outcome, number>();
    this.#minutes.set(minute, outcomes);
    if (before) outcomes.set(outcomeOf(before), (outcomes.get(outcomeOf(before)) ?? 0) - 1);
    outcomes.set(outcomeOf(after), (outcomes.get(outcomeOf(after)) ?? 0) + 1);
    if (isSettling(after, before)) this.#sample(after);
  }

  /** @param now in milliseconds since 1970 */
  figures(now: number): Figures {
    const last = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const first = last - (MINUTES - 1) * MINUTE_MS;
    // Minutes that the page's clock is behind are kept.
    for (const minute of this.#minutes.keys()) if (minute < first) this.#minutes.delete(minute);
    const perMinute = Array.from({ length: MINUTES }, (_, index) => {
      const minute = first + index * MINUTE_MS;
      return { minute, placed: sum(this.#minutes.get(minute)?.values() ?? []) };
    });
    const totals = new Map<Outcome, number>();
    for (const outcomes of this.#minutes.values())
      for (const [outcome, count] of outcomes) totals.set(outcome, (totals.get(outcome) ?? 0) + count);
    const latencies = this.#samples.map(({ ms }) => ms);
    return {
      perMinute,
      placed: sum(totals.values()),
      outcomes: [...totals]
        .filter(([, count]) => count > 0)
        .map(([outcome, count]) => ({ outcome, count }))
        .sort((one, other) => other.count - one.count || one.outcome.localeCompare(other.outcome)),
      latencies,
      p50: median(latencies),
    };
  }

  #sample({ placedAt, updatedAt }: Reservation): void {
    const sample = { settledAt: updatedAt, ms: Math.max(0, Date.parse(updatedAt) - Date.parse(placedAt)) };
    // Pages bring the newest first, pushes the oldest.
    const place = this.#samples.findLastIndex(({ settledAt }) => settledAt <= sample.settledAt) + 1;
    this.#samples.splice(place, 0, sample);
    if (this.#samples.length > SAMPLES) this.#samples = this.#samples.slice(-SAMPLES);
  }
}

export const outcomeOf = ({ status, cancelReason }: Reservation): Outcome =>
  status === 'CANCELED' ? (cancelReason ?? 'CUSTOMER') : status;

/** `updatedAt` is when a saga settled as long as the customer has not canceled since. */
function isSettling(after: Reservation, before: Reservation | undefined): boolean {
  if (after.status === 'PENDING' || after.cancelReason === 'CUSTOMER') return false;
  return before === undefined || before.status === 'PENDING';
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

/** The lower one of the two in the middle of an even number of values; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[Math.ceil(values.length / 2) - 1];
}
