import type { Store } from '@airline/database';
import { badUserInput, type Runtime } from '@airline/service';
import { inArray } from 'drizzle-orm';
import { type Counts, countAll, countablesOf, nameOf, type ToldReservation } from '../../domain/counts.ts';
import type { DashboardState } from '../../domain/model.ts';
import { type Outcome, recount, standingOf } from '../../domain/recount.ts';
import { info } from '../../store/tables.ts';
import { type Patience, type RecentEvents, readRecentEvents } from './recent-events.ts';
import { tryAgainLater } from './refusal.ts';

export interface CustomerCounts extends Counts {
  readonly customerId: string;
}

export interface CountsBeyondLog {
  readonly logStart: string;
  readonly customers: CustomerCounts[];
}

/** Recounts customers' infos while the system runs; both halves may be asked of different replicas. */
export interface Recounts {
  /** What these reservations add that the log of the last hours does not tell, summed by customer. */
  beyondLog(reservations: readonly ToldReservation[], logStart?: string): Promise<CountsBeyondLog>;
  /** Counts anew from these sums and the log; answers how many infos were wrong. */
  recount(customers: readonly CustomerCounts[], logStart: string): Promise<number>;
  close(): Promise<void>;
}

export interface RecountsOptions extends Pick<Runtime, 'transport' | 'now'>, Patience {
  readonly store: Store<DashboardState>;
}

/** What is older than this may be beyond the log; half of what the log holds, so that clocks may differ by hours. */
const UNTOLD_AFTER_MS = 6 * 60 * 60 * 1000;
/** How long the log is kept in memory behind the last question. */
const IDLE_MS = 60_000;
/** How often a customer is tried who books all the while. */
const ATTEMPTS = 200;

export function createRecounts(options: RecountsOptions): Recounts {
  const { transport, store, now } = options;
  let reading: Promise<RecentEvents> | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function forget(): Promise<void> {
    clearTimeout(idle);
    const closing = reading;
    reading = undefined;
    await (await closing?.catch(() => undefined))?.close();
  }

  /** Works with the events of the last hours, read up to now. */
  async function withEvents<Result>(work: (events: RecentEvents) => Promise<Result>): Promise<Result> {
    if (transport.lastError() !== undefined) {
      throw tryAgainLater('Events do not get through, so that what they tell may lack some');
    }
    clearTimeout(idle);
    try {
      return await work(await caughtUp());
    } finally {
      clearTimeout(idle);
      if (reading !== undefined) idle = setTimeout(() => void forget(), IDLE_MS).unref();
    }
  }

  async function caughtUp(): Promise<RecentEvents> {
    try {
      reading ??= readRecentEvents(options);
      const events = await reading;
      await events.caughtUp();
      return events;
    } catch (error) {
      await forget();
      throw error;
    }
  }

  async function beyondLog(told: readonly ToldReservation[], logStart?: string): Promise<CountsBeyondLog> {
    return await withEvents(async (events) => {
      const start = logStart === undefined ? events.start() : startOf(logStart, events);
      const untoldBefore = new Date(now().getTime() - UNTOLD_AFTER_MS).toISOString();
      const view = { start, untoldBefore, seqOf: events.seqOf };
      const waiting = await deadLetters();
      const countables = told.flatMap(countablesOf).filter((each) => !waiting.has(nameOf(each)));
      const byStanding = Map.groupBy(countables, (each) => standingOf(each, view));
      await events.arrived(byStanding.get('MISSING') ?? []);
      const byCustomer = Map.groupBy(byStanding.get('BEYOND') ?? [], ({ customerId }) => customerId);
      const customers = [...byCustomer].map(([customerId, own]) => ({ customerId, ...countAll(own) }));
      return { logStart: String(start), customers };
    });
  }

  /** What will be counted only when an operator has it replayed. */
  async function deadLetters(): Promise<Set<string>> {
    const letters = await store.deadLetters.list(Number.MAX_SAFE_INTEGER);
    return new Set(letters.map(({ event }) => subjectOf(event)));
  }

  async function tryRecount(customers: readonly CustomerCounts[], events: RecentEvents, start: number) {
    const ids = customers.map(({ customerId }) => customerId);
    const rows = await store.read.select(info, inArray(info.customerId, ids));
    const before = new Map(rows.map((row) => [row.customerId, row]));
    // Only now: whatever those rows have counted is in the log up to its end.
    await events.caughtUp();
    const own = new Map(ids.map((id) => [id, events.of(id, start)]));
    const eventIds = [...own.values()].flat().map(({ eventId }) => eventId);
    const handled = await store.handled('dashboard', eventIds);
    const outcomes = await Promise.all(
      customers.map(({ customerId, ...beyond }): Promise<Outcome> => {
        // What is not handled yet will count itself.
        const counted = own.get(customerId)?.filter(({ eventId }) => handled.has(eventId)) ?? [];
        const right = countAll(counted, beyond);
        const wanted = { customerId, before: before.get(customerId), right, now: now().toISOString() };
        return store.transact({
          keys: { info: customerId },
          decide: (known) => recount(known, wanted),
        });
      }),
    );
    const of = (wanted: Outcome) => customers.filter((_, index) => outcomes[index] === wanted);
    return { moved: of('MOVED'), corrected: of('CORRECTED').length };
  }

  return {
    beyondLog,
    recount: (customers, logStart) =>
      withEvents(async (events) => {
        const start = startOf(logStart, events);
        let waiting = customers;
        let corrected = 0;
        for (let attempts = 1; waiting.length > 0; attempts += 1) {
          if (attempts > ATTEMPTS) throw tryAgainLater('Some customers book too fast to be recounted');
          const done = await tryRecount(waiting, events, start);
          corrected += done.corrected;
          waiting = done.moved;
        }
        return corrected;
      }),
    close: forget,
  };
}

/** @throws RequestError for what is no such number, or one behind which this replica has not kept all events */
function startOf(logStart: string, events: RecentEvents): number {
  if (!/^\d{1,15}$/.test(logStart)) {
    throw badUserInput('logStart', '"logStart" must be what countBeyondLog answered.');
  }
  if (Number(logStart) >= events.keptFrom()) return Number(logStart);
  throw badUserInput('logStart', 'This recount began too long ago: begin it anew.');
}

/** The name of what a dead letter tells, though it may not be readable as an event; empty where nothing can be read. */
function subjectOf(event: string): string {
  try {
    const { type, data } = Object(JSON.parse(event));
    return nameOf({ type, reservationId: Object(data).reservationId });
  } catch {
    return '';
  }
}
