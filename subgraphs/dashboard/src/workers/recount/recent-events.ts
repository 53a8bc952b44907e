import type { LogEntry, Store } from '@airline/database';
import type { Running, Transport } from '@airline/messaging';
import { streamOf } from '@airline/schema/events';
import { type Countable, nameOf } from '../../domain/counts.ts';
import type { DashboardState } from '../../domain/model.ts';
import { countableEvents, handleUnknown } from './countable-events.ts';
import { createKeptEvents, type KeptEvent } from './kept-events.ts';
import { tryAgainLater } from './refusal.ts';

/** The last hours of the reservation service's log. */
export interface RecentEvents extends Running {
  /** Waits until the log is read up to where it ends now. */
  caughtUp(): Promise<void>;
  /** Waits until these are in the log, which they are a moment after their commit. */
  arrived(countables: readonly Countable[]): Promise<void>;
  /** Where the log begins for a recount that begins now. */
  start(): number;
  /** The number from which nothing is left out. */
  keptFrom(): number;
  seqOf(countable: Countable): number | undefined;
  /** A customer's events from a number on. */
  of(customerId: string, first: number): readonly KeptEvent[];
}

/** Times in milliseconds. */
export interface Patience {
  /** How long events may take to arrive; 10 seconds unless told. */
  readonly waitMs?: number | undefined;
  /** A log of which nothing was heard for so long is one of which nothing is kept; 3 seconds unless told. */
  readonly silenceMs?: number | undefined;
}

export interface RecentEventsOptions extends Patience {
  readonly transport: Transport;
  readonly store: Store<DashboardState>;
  readonly now: () => Date;
}

const STREAM = streamOf('reservation');

/**
 * Reads the log from its beginning, goes on behind it, and keeps the last hours. Events that the inbox does not know are
 * handled at once: after a loss of this service's database nobody would deliver them any more.
 */
export async function readRecentEvents(options: RecentEventsOptions): Promise<RecentEvents> {
  const { transport, store, now, waitMs = 10_000, silenceMs = 3_000 } = options;
  const kept = createKeptEvents(now());
  let position = 0;
  let isSilent = false;
  /** Up to where nothing was there to be heard. */
  let emptyUpTo = 0;
  let failure: { readonly error: unknown } | undefined;
  let taking = Promise.resolve();
  let changed = Promise.withResolvers<void>();

  function change(): void {
    changed.resolve();
    changed = Promise.withResolvers();
  }

  async function take(entries: readonly LogEntry[]): Promise<void> {
    if (failure) return;
    try {
      const [first] = entries;
      if (first && first.seq <= emptyUpTo) throw unreadable();
      const events = countableEvents(entries);
      await handleUnknown(store, events);
      for (const { seq, event } of events) kept.add(seq, event);
      position = entries.at(-1)?.seq ?? position;
    } catch (error) {
      failure = { error };
    }
    change();
  }

  async function until(isSo: () => boolean, refusal: () => Error): Promise<void> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      change();
    }, waitMs);
    try {
      for (;;) {
        if (failure) throw failure.error;
        if (isSo()) return;
        if (isLate) throw refusal();
        await changed.promise;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Where the log ends now. */
  async function end(): Promise<number> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), waitMs);
    try {
      return await tail.end(late.signal);
    } catch (error) {
      throw late.signal.aborted ? tryAgainLater('The transport of events does not answer') : error;
    } finally {
      clearTimeout(timer);
    }
  }

  const hear = (entries: readonly LogEntry[]) => {
    taking = taking.then(() => take(entries));
  };
  const tail = await transport.tail(STREAM, hear, 0);
  const silence = setTimeout(() => {
    isSilent = true;
    change();
  }, silenceMs);

  return {
    caughtUp: async () => {
      const last = await end();
      await until(() => position >= last || (position === 0 && isSilent), unreadable);
      if (position >= last) return;
      emptyUpTo = last;
      position = last;
    },
    arrived: (countables) =>
      until(
        () => countables.every((each) => kept.seqOf(each) !== undefined),
        () =>
          tryAgainLater(
            `Events of the reservation service have not arrived, such as ${countables.map(nameOf)[0]}`,
          ),
      ),
    start: () => kept.start() ?? position + 1,
    keptFrom: () => kept.from() ?? position + 1,
    seqOf: kept.seqOf,
    of: kept.of,
    close: async () => {
      clearTimeout(silence);
      await tail.close();
      await taking;
    },
  };
}

const unreadable = () => tryAgainLater('The log of the reservation service could not be read to its end');
