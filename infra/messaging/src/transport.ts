import type { EventLog, LogEntry } from '@airline/database';

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
}

export interface Tail extends Running {
  /** Where it started: entries above this number are heard. */
  readonly from: number;
}

/** Carries each service's outbox to those who listen; see the contract suite for what it promises. */
export interface Transport {
  /** For people: which transport this is. */
  readonly description: string;
  publish(options: PublishOptions): Running;
  /** Every event of a stream from its beginning, to one member of the group; at least once. */
  consume(options: { stream: string; group: string }, deliver: Deliver): Running;
  /** Every event above `from` (what comes from now on, without it), in order, to this process alone. */
  tail(stream: string, hear: (entries: readonly LogEntry[]) => void, from?: number): Promise<Tail>;
  /** The highest entry number up to which a stream's log may be forgotten. */
  passed(options: PublishOptions): Promise<number>;
  /** What is wrong at present; undefined when nothing is. */
  trouble(): string | undefined;
}
