import type { EventLog, LogEntry } from '@airline/database';
import type { Telemetry } from '@airline/observability';

/** An entry of a stream as it reaches a consumer group. */
export interface Delivery extends LogEntry {
  /** 1 at first; higher when earlier deliveries were not acknowledged. */
  readonly deliveries: number;
}

export type Acknowledge = (seqs: readonly number[]) => void;

/**
 * Takes a batch. It resolves when each event has been tried once; what needs another try is acknowledged
 * later, and what was never acknowledged is delivered again, here or to another replica.
 */
export type Deliver = (batch: readonly Delivery[], acknowledge: Acknowledge) => Promise<void>;

/** Something that runs until it is closed. */
export interface Running {
  close(): Promise<void>;
}

export interface PublishOptions {
  readonly stream: string;
  /** The outbox: whatever it holds, the stream will. */
  readonly log: EventLog;
  /** The groups that are to see every event before it may be trimmed. */
  readonly groups: readonly string[];
  /** Told of what is published. */
  readonly telemetry?: Telemetry | undefined;
}

/** Where a consumer group stands in a stream. */
export interface GroupStatus {
  readonly group: string;
  /** The highest number that it was given. */
  readonly delivered: number;
  /** How many of those it has not acknowledged, and the lowest of them. */
  readonly pending: number;
  readonly oldestPending: number | undefined;
}

/** Where a stream and its groups stand. */
export interface StreamStatus {
  /** The highest number that was published. */
  readonly end: number;
  readonly length: number;
  /** Those that there are. */
  readonly groups: readonly GroupStatus[];
}

/** An outbox that is being published. */
export interface Publishing extends Running {
  /** Rejects while the stream cannot be asked. */
  status(): Promise<StreamStatus>;
  /** The highest number that was published as far as is known without asking; undefined while nothing is. */
  published(): Promise<number | undefined>;
}

/** Hears entries in order. What it throws is logged, and the tail goes on behind them. */
export type Hear = (entries: readonly LogEntry[]) => void;

export interface TailOptions {
  readonly stream: string;
  readonly hear: Hear;
  readonly from: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Tail extends Running {
  /** Where it started: entries above this number are heard. */
  readonly from: number;
  /**
   * The highest number that the stream holds now, heard or not; asked for as long as the transport is away.
   *
   * @throws the signal's reason when that fires first, and AbortError when the tail is closed first
   */
  end(signal?: AbortSignal): Promise<number>;
}

/** Carries each service's outbox to those who listen; see the contract suite for what it promises. */
export interface Transport {
  /** For people: which transport this is. */
  readonly description: string;
  publish(options: PublishOptions): Publishing;
  /** Every event of a stream from its beginning, to one member of the group; at least once. */
  consume(options: { stream: string; group: string }, deliver: Deliver): Running;
  /**
   * Every event above `from` (what comes from now on, without it), in order, to this process alone. Where "now" is
   * has to be asked, so without `from` it starts when the transport is there. The signal ends it as `close` does, also
   * before it has started; then it rejects with the signal's reason.
   */
  tail(stream: string, hear: Hear, from?: number, signal?: AbortSignal): Promise<Tail>;
  /** The highest entry number up to which a stream's log may be forgotten. */
  passed(options: PublishOptions): Promise<number>;
  /** What is wrong at present; undefined when nothing is. */
  lastError(): string | undefined;
}
