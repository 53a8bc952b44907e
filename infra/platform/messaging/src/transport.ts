import type { EventLog, LogEntry } from '@airline/database';
import type { Telemetry } from '@airline/observability';

/** An entry of a stream as it reaches a consumer group. */
export interface Delivery extends LogEntry {
  /** 1 for the first delivery; higher when earlier ones were not acknowledged. */
  readonly deliveries: number;
}

export type Acknowledge = (seqs: readonly number[]) => void;

/**
 * Handles a batch. It resolves when each event has been attempted once; what needs a retry is acknowledged later, and what
 * is never acknowledged is delivered again, here or to another replica.
 */
export type Deliver = (batch: readonly Delivery[], acknowledge: Acknowledge) => Promise<void>;

/** Something that runs until it is closed. */
export interface Running {
  close(): Promise<void>;
}

export interface PublishOptions {
  readonly stream: string;
  /** The outbox: the stream will hold whatever it holds. */
  readonly log: EventLog;
  /** The groups that must acknowledge an event before it may be trimmed. */
  readonly groups: readonly string[];
  readonly telemetry?: Telemetry | undefined;
}

/** A consumer group's status in a stream. */
export interface GroupStatus {
  readonly group: string;
  /** The highest number delivered to it. */
  readonly delivered: number;
  /** How many entries are to be delivered to it, as the transport counts them; undefined: all behind `delivered`. */
  readonly lag?: number | undefined;
  /** How many of those it has not acknowledged, and the lowest of them. */
  readonly pending: number;
  readonly oldestPending: number | undefined;
}

/** The status of a stream and of its groups. */
export interface StreamStatus {
  /** The highest number that was published. */
  readonly end: number;
  readonly length: number;
  /** Those that exist. */
  readonly groups: readonly GroupStatus[];
}

/** An outbox that is being published. */
export interface Publishing extends Running {
  /** Rejects while the stream is unavailable. */
  status(): Promise<StreamStatus>;
  /** The highest number that was published, as far as is known without the stream; undefined while unknown. */
  published(): Promise<number | undefined>;
}

/** A member of a consumer group. */
export interface GroupMember {
  readonly name: string;
  /** Time since it last read. */
  readonly idleMs: number;
  /** How many events it has received and not acknowledged. */
  readonly pending: number;
}

/** How far a group has read a stream. */
export interface GroupProgress {
  /** How many events were not delivered to it yet. */
  readonly lag: number;
  /** How many events were delivered to it and not acknowledged. */
  readonly pending: number;
  readonly members: readonly GroupMember[];
}

/** A group that reads a stream. */
export interface Consuming extends Running {
  /** Rejects while the stream is unavailable. */
  progress(): Promise<GroupProgress>;
  /** Whether the stream, which can be reached, refuses to be read. */
  isRefused(): boolean;
}

/** Receives entries in order. What it throws is logged, and the tail continues behind them. */
export type Receive = (entries: readonly LogEntry[]) => void;

export interface TailOptions {
  readonly stream: string;
  readonly receive: Receive;
  readonly from: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Tail extends Running {
  /** Where it started: entries above this number are received. */
  readonly from: number;
}

/** Carries each service's outbox to its consumer groups and tails, as the contract suite says. */
export interface Transport {
  /** Which transport this is, in words. */
  readonly description: string;
  /** This process's name in consumer groups. */
  readonly member: string;
  /** A member of a group that has not read for so long is dead: others take over what it holds. */
  readonly takeOverAfterMs: number;
  /** Why it will never carry events as it is set up; undefined where it may, and while nobody can say. */
  unsuitable(): Promise<string | undefined>;
  publish(options: PublishOptions): Publishing;
  /** Every event of a stream from its beginning, to one member of the group; at least once. */
  consume(options: { stream: string; group: string }, deliver: Deliver): Consuming;
  /**
   * Every event above `from`, in order, to this process alone. Default is the stream's end, so without `from` it starts when
   * the transport is available. The signal ends it as `close` does, also before it has started; then it rejects with the
   * signal's reason.
   */
  tail(stream: string, receive: Receive, from?: number, signal?: AbortSignal): Promise<Tail>;
  /** The highest number up to which the outbox may be trimmed: no group needs it, nor a stream that is filled again. */
  trimmableUpTo(options: PublishOptions): Promise<number>;
  /** The last error of publishing; undefined when it has succeeded since. */
  lastError(): string | undefined;
}
