import { createRecent } from './recent.ts';

export interface LogEntry {
  readonly seq: number;
  /** The event in its envelope, JSON. */
  readonly event: string;
}

/**
 * A service's outbox, read as a log. Entries are numbered from 1 without a gap in the order of their commits;
 * where a database commits out of the order of insertion, numbers are given by the reader that publishes.
 */
export interface EventLog {
  /** Entries above `after`, in order. */
  read(after: number, limit: number): Promise<LogEntry[]>;
  /**
   * Entries above `after` that this process wrote last and has in memory, in order. They need not begin right after it:
   * what other processes wrote in between is missing.
   */
  ownSince(after: number, limit: number): readonly LogEntry[];
  /** The highest number given so far; 0 for none. */
  last(): Promise<number>;
  /** The highest number of an entry that is older than the instant; 0 for none. */
  lastBefore(instant: Date): Promise<number>;
  /** Age in ms of the first entry above `after`; 0 when there is none. */
  age(after: number, now: Date): Promise<number>;
  /** Calls back after commits that appended. Returns how to stop that. */
  onAppend(listener: () => void): () => void;
  /** The position of a named reader; 0 at first. */
  position(reader: string): Promise<number>;
  /** Moves a reader on; losing the latest moves in a crash does no harm, since readers may repeat. */
  advance(reader: string, seq: number): Promise<void>;
  /** Records that a process starts reading; returns how many have at this very position, this one included. */
  start(reader: string): Promise<number>;
}

/** What a database knows of its outbox and of the readers' positions. */
export interface LogQueries extends Pick<EventLog, 'read' | 'last' | 'position' | 'advance' | 'start'> {
  /** The lowest and the highest number of an entry that is there. */
  bounds(): Promise<{ readonly low: number | null; readonly high: number | null } | undefined>;
  /** When an entry was made, RFC 3339. */
  createdAt(seq: number): Promise<string | undefined>;
  /** When the first entry above `after` was made. */
  firstAbove(after: number): Promise<string | undefined>;
}

/** A log over a database, whose end it holds in memory. */
export function createEventLog(queries: LogQueries) {
  const { read, bounds, createdAt, firstAbove, ...rest } = queries;
  const listeners = new Set<() => void>();
  const recent = createRecent<LogEntry>();

  const log: EventLog = {
    ...rest,
    read: async (after, limit) => recent.read(after, limit) ?? (await read(after, limit)),
    ownSince: recent.since,
    lastBefore: async (instant) => {
      // Entries are in the order of time, so a binary search does without an index.
      const limit = instant.toISOString();
      const { low: lowest, high: highest } = (await bounds()) ?? {};
      let low = (lowest ?? 1) - 1;
      let high = highest ?? 0;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        const at = await createdAt(middle);
        if (at !== undefined && at < limit) low = middle;
        else high = middle - 1;
      }
      return Math.max(low, 0);
    },
    age: async (after, now) => {
      const at = await firstAbove(after);
      return at === undefined ? 0 : Math.max(0, now.getTime() - Date.parse(at));
    },
    onAppend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  /** Notes a commit; undefined: its entries have no numbers yet, and a reader from memory would pass over them. */
  function appended(entries: readonly LogEntry[] | undefined): void {
    if (entries?.length === 0) return;
    if (entries) recent.add(entries);
    else recent.discard(Number.POSITIVE_INFINITY);
    for (const listener of listeners) listener();
  }

  return { log, appended, discard: recent.discard };
}
