export interface LogEntry {
  readonly seq: number;
  /** The event in its envelope, JSON. */
  readonly event: string;
}

/**
 * A service's outbox, read as a log. Entries are numbered from 1 without a gap in the order of their commits;
 * where a database commits out of the order of insertion, numbers are given by whoever reads for publishing.
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
  /** Where a named reader stands; 0 at first. */
  position(reader: string): Promise<number>;
  /** Moves a reader on; losing the latest moves in a crash does no harm, since readers may repeat. */
  advance(reader: string, seq: number): Promise<void>;
  /** Notes that a process starts reading; answers how often that was so at this very position, this time included. */
  start(reader: string): Promise<number>;
}
