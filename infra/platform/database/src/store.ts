import type { DomainEvent } from '@airline/schema/events';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import type { EventLog } from './event-log.ts';
import type { AnyColumn, Row, Table, TableOf } from './table.ts';

/** A service's rows by the name of their table; a decision touches at most one row of each. */
export type State = Record<string, object>;
/** A table for each of a state's rows, and column for column what the row has: neither more, nor less, nor other types. */
export type Tables<S extends State> = { readonly [Name in keyof S]: TableOf<S[Name]> };
export type Keys<S extends State> = { readonly [Name in keyof S]?: string };
export type Found<S extends State> = { readonly [Name in keyof S]?: S[Name] };

/** What is to change and what is to be published: all of it is committed, or nothing. */
export interface Decision<S extends State> {
  /** Rows to insert, or to replace by their key. */
  readonly write?: Found<S>;
  /**
   * Rows whose numbers are added to those of the row of their key: counters, which many transactions change at once and
   * none reads or locks before its end. A table has either these rows or rows to write.
   */
  readonly add?: Found<S>;
  readonly publish?: readonly DomainEvent[];
}

/** A pure, synchronous decision over the rows that `keys` name; it may run again when its batch failed. */
export interface Reaction<S extends State> {
  /** The rows to read, which stay locked until the commit. */
  readonly keys: Keys<S>;
  readonly decide: (found: Found<S>) => Decision<S>;
  /** W3C Trace Context that published events carry on. */
  readonly traceparent?: string | undefined;
  /** Once it aborts, what waits for other transactions on PostgreSQL is not begun, and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A reaction whose caller waits for its result. */
export interface Command<S extends State, Result> extends Reaction<S> {
  readonly decide: (found: Found<S>) => Decision<S> & { readonly result: Result };
}

/** An event that arrived, as the inbox knows it. */
export interface Message {
  readonly consumer: string;
  readonly eventId: string;
}

/** An event that could not be handled. */
export interface DeadLetter extends Message {
  readonly stream: string;
  readonly seq: number;
  /** The event as it arrived. */
  readonly event: string;
  /** Empty where it cannot be read from the event. */
  readonly eventType: string;
  readonly error: string;
  readonly deliveries: number;
  readonly diedAt: string;
}

/** Which letters are meant: of these events, and of this type; default all. */
export interface LetterFilter {
  readonly eventIds?: readonly string[] | undefined;
  readonly eventType?: string | undefined;
}

/** Who drops letters, and why. */
export interface Drop {
  readonly by: string;
  readonly reason: string;
}

/** A letter that an operator dropped: it is not handled, and kept for some time. */
export interface DroppedLetter extends DeadLetter {
  readonly droppedAt: string;
  readonly droppedBy: string;
  readonly dropReason: string;
}

/** Dropped letters appear in `dropped` alone. */
export interface DeadLetters {
  /**
   * Stores the letter and marks its event as handled, in one transaction. Returns false, and does nothing, when the
   * inbox has the event already: a replay would handle it twice.
   */
  add(letter: DeadLetter): Promise<boolean>;
  /** Oldest first. */
  list(limit?: number): Promise<DeadLetter[]>;
  /** How many there are. */
  count(): Promise<number>;
  /** Requests of the running service to handle these again; returns how many it will. */
  requestReplay(which?: LetterFilter): Promise<number>;
  /** Drops letters for good, also those whose replay is requested; returns how many. */
  drop(eventIds: readonly string[], drop: Drop): Promise<number>;
  /** Those that were dropped last come first. */
  dropped(limit?: number): Promise<DroppedLetter[]>;
  /** Letters whose replay is requested. */
  replayable(limit: number): Promise<DeadLetter[]>;
  /** Ends the request for a replay that failed, and records the new error. */
  markReplayFailed(letter: DeadLetter, error: string): Promise<void>;
}

/** The values by which a page's rows are sorted, of one place between two rows. */
export type Place = readonly (string | number)[];

export interface PageQuery<Term extends SQLWrapper = SQLWrapper> {
  where?: SQL | undefined;
  /** What to sort by, never null and unique when taken together; default: the table's key. */
  by?: readonly Term[] | undefined;
  /** Exclusive bounds. */
  after?: Place | undefined;
  before?: Place | undefined;
  limit: number;
  /** From the end; rows still come in ascending order. */
  backwards?: boolean;
}

/** Reading needs no dialect: conditions are drizzle's own over the tables' columns. */
export interface Reader {
  select<T extends Table>(table: T, where: SQL): Promise<Row<T>[]>;
  /** The rows whose `column` has one of the values. */
  selectAmong<T extends Table>(
    table: T,
    column: AnyColumn,
    values: readonly string[],
    where?: SQL,
  ): Promise<Row<T>[]>;
  /** One page, in order. */
  page<T extends Table>(table: T, query: PageQuery): Promise<Row<T>[]>;
  /** The same page for each value of `column`, in one statement. */
  pages<T extends Table>(
    table: T,
    column: AnyColumn,
    values: readonly string[],
    query: PageQuery<AnyColumn>,
  ): Promise<Map<string, Row<T>[]>>;
  /** @param most counts no further, and visits no more rows */
  count(table: Table, where?: SQL, most?: number): Promise<number>;
  /** @param most counts no further for each value */
  counts(
    table: Table,
    column: AnyColumn,
    values: readonly string[],
    where?: SQL,
    most?: number,
  ): Promise<Map<string, number>>;
  /** The same, for one who may leave: what is read when the signal aborts rejects with its reason, and PostgreSQL stops. */
  within(signal: AbortSignal): Reader;
}

/** What retention no longer holds. */
export interface Expired {
  readonly inbox: Date;
  readonly outbox: number;
  /** Letters that were dropped before. */
  readonly droppedLetters: Date;
}

/** A service's database: its rows, its outbox and its inbox in shared transactions. */
export interface Store<S extends State> {
  transact<Result>(command: Command<S, Result>): Promise<Result>;
  /** As `transact`, once per message: returns false, and does nothing, when the inbox has it already. */
  handle(message: Message, reaction: Reaction<S>): Promise<boolean>;
  /**
   * Handles a dead letter's event and removes the letter, in one transaction; returns false, and does nothing, when
   * the letter is gone or dropped.
   */
  replay(message: Message, reaction: Reaction<S>): Promise<boolean>;
  readonly read: Reader;
  readonly log: EventLog;
  readonly deadLetters: DeadLetters;
  /** Deletes in batches inbox rows of events made before an instant, outbox rows up to a number, and dropped letters. */
  deleteExpired(expired: Expired): Promise<void>;
  /** Throws when the database does not respond, or takes no writes. */
  ping(): Promise<void>;
  /** Commits what waits, then closes. */
  close(): Promise<void>;
}
