import type { DomainEvent } from '@airline/schema/events';
import type { LogEntry } from '../event-log.ts';
import type { Message, State, Tables } from '../store.ts';
import type { Session } from './connect.ts';
import { type Decided, decideAll, type Facts, nameOf } from './decisions.ts';
import type { Job, Outcome } from './job.ts';
import { begin, commit, markHandled, removeLetters, rollback } from './messages.ts';
import * as numbering from './numbering.ts';
import { type RowStatements, rowStatements } from './rows.ts';

export interface TransactionOptions<S extends State> {
  readonly tables: Tables<S>;
  readonly encode: (event: DomainEvent, traceparent?: string) => string;
  readonly now: () => Date;
}

export interface Committed {
  readonly outcomes: Outcome[];
  /** How many events were appended to the log, and those of them that have their numbers. */
  readonly appended: number;
  readonly entries: readonly LogEntry[];
}

/** The transaction failed before its commit was asked for, so that nothing of it is left. */
export class NotCommittedError extends Error {
  constructor(cause: unknown) {
    super('The transaction failed before its commit.', { cause });
  }
}

/** A row that was missing came while others were waited for; SQLSTATE "serialization failure". */
class AppearedError extends Error {
  readonly code = '40001';
}

/**
 * Prepares how a batch of jobs becomes one transaction, in two network flights: it begins, notes messages and locks
 * rows; decides; then writes and commits.
 *
 * A row that is there is locked until the commit. One that is missing cannot be: it is inserted, rather than put, so that of
 * two transactions that both found it missing the second fails and is run again.
 */
export function createTransaction<S extends State>({ tables, encode, now }: TransactionOptions<S>) {
  const statements = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, rowStatements(table)]),
  ) as { readonly [Name in keyof Tables<S>]: RowStatements };

  /** The rows that jobs name, locked table by table and, within one, in the order of their keys. */
  async function lockRows({ send }: Session, jobs: readonly Job<S>[]): Promise<Facts['rows']> {
    const wanted = Object.keys(tables).flatMap((name) => {
      const keys = new Set(jobs.flatMap(({ keys }) => keys[name] ?? []));
      return keys.size > 0 ? [{ name, keys: [...keys], ...(statements[name] as RowStatements) }] : [];
    });
    const locked = wanted.map(({ lock, keys }) => send<object>(lock, [keys]));
    // While a later table's lock was waited for, a row that was missing may have come with what was waited for.
    const again = wanted.slice(0, -1).map(({ count, keys }) => send<{ total: number }>(count, [keys]));
    const [found, counts] = await Promise.all([Promise.all(locked), Promise.all(again)]);
    if (counts.some(([row], index) => row?.total !== found[index]?.length)) throw new AppearedError();
    return new Map(
      wanted.map(({ name, keys, keyOf }, index) => {
        const byKey = new Map<string, object | undefined>(keys.map((key) => [key, undefined]));
        for (const row of found[index] ?? []) byKey.set(keyOf(row), row);
        return [name, byKey];
      }),
    );
  }

  async function take({ send }: Session, jobs: readonly Job<S>[], isReplay: boolean): Promise<string[]> {
    const messages = jobs
      .filter((job) => (job.isReplay ?? false) === isReplay)
      .flatMap(({ message }) => message ?? []);
    if (messages.length === 0) return [];
    const taken = await send<Message>(isReplay ? removeLetters : markHandled, [
      messages.map(({ consumer }) => consumer),
      messages.map(({ eventId }) => eventId),
    ]);
    return taken.map((message) => nameOf(message, isReplay));
  }

  async function firstFlight(session: Session, jobs: readonly Job<S>[]): Promise<Facts> {
    const [, handled, replayed, rows] = await Promise.all([
      session.send(begin),
      take(session, jobs, false),
      take(session, jobs, true),
      lockRows(session, jobs),
    ]);
    return { rows, messages: new Set([...handled, ...replayed]) };
  }

  /** Writes what was decided and commits; answers the entries that got their numbers. */
  async function secondFlight({ send }: Session, { inserts, puts, events }: Decided): Promise<LogEntry[]> {
    const writes = Object.keys(tables).flatMap((name) => {
      const { insert, put, valuesOf } = statements[name] as RowStatements;
      const rowsOf = (from: Decided['puts']) => [...(from.get(name)?.values() ?? [])];
      const [added, replaced] = [rowsOf(inserts), rowsOf(puts)];
      return [
        added.length > 0 && send(insert, valuesOf(added)),
        replaced.length > 0 && send(put, valuesOf(replaced)),
      ];
    });
    const appending =
      events.length > 0 &&
      ([
        send(numbering.tryLock),
        send<{ seq: number | null }>(numbering.append, [events, now().toISOString()]),
      ] as const);
    // Of a transaction in which a statement failed, this makes a rollback.
    const ended = send(commit);
    await Promise.all([...writes, ...(appending || []), ended]);
    const numbers = appending ? await appending[1] : [];
    return numbers.flatMap(({ seq }, index) => (seq === null ? [] : { seq, event: events[index] as string }));
  }

  /** Begins and decides; what it throws has changed nothing. */
  async function decide(session: Session, jobs: readonly Job<S>[]) {
    try {
      const facts = await firstFlight(session, jobs);
      const decided = decideAll(jobs, facts, statements, encode);
      return { decided, isChange: facts.messages.size > 0 || isChange(decided) };
    } catch (error) {
      await session.send(rollback).catch(() => {});
      throw new NotCommittedError(error);
    }
  }

  return async function transact(session: Session, jobs: readonly Job<S>[]): Promise<Committed> {
    const { decided, ...rest } = await decide(session, jobs);
    const unhandled = decided.failed.filter((index) => jobs[index]?.message);
    if (unhandled.length > 0) {
      // Their messages count as handled now, so all the others are done again without them.
      await session.send(rollback);
      const others = jobs.filter((_, index) => !unhandled.includes(index));
      return withFailed(decided, unhandled, await transact(session, others));
    }
    if (!rest.isChange) {
      await session.send(rollback);
      return { outcomes: decided.outcomes, appended: 0, entries: [] };
    }
    try {
      const entries = await secondFlight(session, decided);
      return { outcomes: decided.outcomes, appended: decided.events.length, entries };
    } catch (error) {
      await session.send(rollback).catch(() => {});
      throw error;
    }
  };
}

const isChange = ({ inserts, puts, events }: Decided) => inserts.size + puts.size + events.length > 0;

/** What became of a batch that was done again without some of its jobs. */
function withFailed({ outcomes }: Decided, without: readonly number[], rest: Committed): Committed {
  const others = rest.outcomes.values();
  const merged = outcomes.map((outcome, index) =>
    without.includes(index) ? outcome : (others.next().value as Outcome),
  );
  return { ...rest, outcomes: merged };
}
