import type { DomainEvent } from '@airline/schema/events';
import type { SQL } from 'drizzle-orm';
import type { EventLog } from './event-log.ts';
import type { AnyColumn, Row, Table, TableOf } from './table.ts';

/** A service's rows by the name of their table; a decision touches at most one row of each. */
export type State = Record<string, object>;
/** A table for each of a state's rows, and column for column what the row has: neither more, nor less, nor other types. */
export type Tables<S extends State> = { readonly [Name in keyof S]: TableOf<S[Name]> };
export type Keys<S extends State> = { readonly [Name in keyof S]?: string };
export type Found<S extends State> = { readonly [Name in keyof S]?: S[Name] };

/** What is to change and what is to be told: all of it is committed, or nothing. */
export interface Decision<S extends State> {
  /** Rows to insert, or to replace by their key. */
  readonly write?: Found<S>;
  readonly publish?: readonly DomainEvent[];
}

/** A pure, synchronous decision over the rows that `keys` name; it may run again when its batch failed. */
export interface Reaction<S extends State> {
  /** The rows to read, which stay locked until the commit. */
  readonly keys: Keys<S>;
  readonly decide: (found: Found<S>) => Decision<S>;
  /** W3C Trace Context that published events carry on. */
  readonly traceparent?: string | undefined;
}

/** A reaction to somebody who waits for its result. */
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
  readonly error: string;
  readonly deliveries: number;
  readonly diedAt: string;
}

export interface DeadLetters {
  /**
   * Stores the letter and marks its event as handled, in one transaction. Answers false, and does nothing, when the
   * inbox knows the event already: a replay would handle it twice.
   */
  add(letter: DeadLetter): Promise<boolean>;
  /** Oldest first. */
  list(limit?: number): Promise<DeadLetter[]>;
  /** Asks the running service to handle these again (all, when none is named); answers how many it will. */
  askReplay(eventIds?: readonly string[]): Promise<number>;
  /** Letters whose replay was asked for. */
  replayable(limit: number): Promise<DeadLetter[]>;
  /** A replay failed: what is wrong now, and nobody asks any more. */
  keep(letter: DeadLetter, error: string): Promise<void>;
}

export interface PageQuery {
  where?: SQL | undefined;
  /** The unique column to sort by; the table's key unless told. */
  by?: AnyColumn | undefined;
  /** Exclusive bounds by that column. */
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
  /** From the end; rows still come in ascending order. */
  backwards?: boolean;
}

/** Reading needs no dialect: conditions are drizzle's own over the tables' columns. */
export interface Reader {
  select<T extends Table>(table: T, where: SQL): Promise<Row<T>[]>;
  /** One page, in order. */
  page<T extends Table>(table: T, query: PageQuery): Promise<Row<T>[]>;
  /** The same page for each value of `column`, in one statement. */
  pages<T extends Table>(
    table: T,
    column: AnyColumn,
    values: readonly string[],
    query: PageQuery,
  ): Promise<Map<string, Row<T>[]>>;
  count(table: Table, where?: SQL): Promise<number>;
  counts(
    table: Table,
    column: AnyColumn,
    values: readonly string[],
    where?: SQL,
  ): Promise<Map<string, number>>;
}

/** A service's database: its rows, its outbox and its inbox in shared transactions. */
export interface Store<S extends State> {
  transact<Result>(command: Command<S, Result>): Promise<Result>;
  /** As `transact`, once per message: answers false, and does nothing, when the inbox knows it already. */
  handle(message: Message, reaction: Reaction<S>): Promise<boolean>;
  /**
   * Handles a dead letter's event and removes the letter, in one transaction; answers false, and does nothing, when
   * the letter is gone.
   */
  replay(message: Message, reaction: Reaction<S>): Promise<boolean>;
  readonly read: Reader;
  readonly log: EventLog;
  readonly deadLetters: DeadLetters;
  /** Forgets what was handled before an instant and what was published up to a number, in small steps. */
  forget(past: { inbox: Date; outbox: number }): Promise<void>;
  /** Throws when the database does not answer, or takes no writes. */
  ping(): Promise<void>;
  /** Commits what waits, then closes. */
  close(): Promise<void>;
}
