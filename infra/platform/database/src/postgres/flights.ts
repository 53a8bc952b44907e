import type { LogEntry } from '../event-log.ts';
import type { Message, State } from '../store.ts';
import type { Session } from './connect.ts';
import { type Decided, type Facts, nameOf } from './decisions.ts';
import type { Job } from './job.ts';
import { begin, commit, markHandled, removeLetters } from './messages.ts';
import * as numbering from './numbering.ts';
import type { RowStatements } from './rows.ts';

/** A row that was missing came while others were waited for; SQLSTATE "serialization failure". */
class AppearedError extends Error {
  readonly code = '40001';
}

/** A service's tables in the order in which transactions lock them. */
export type Statements = ReadonlyMap<string, RowStatements>;

/**
 * The first network flight of a transaction: it begins, notes messages and locks rows.
 *
 * A row that is there is locked until the commit. One that is missing cannot be: it is inserted, rather than put, so that of
 * two transactions that both found it missing the second fails and is run again.
 */
export async function firstFlight<S extends State>(
  session: Session,
  statements: Statements,
  jobs: readonly Job<S>[],
): Promise<Facts> {
  const [, handled, replayed, rows] = await Promise.all([
    session.send(begin),
    take(session, jobs, false),
    take(session, jobs, true),
    lockRows(session, statements, jobs),
  ]);
  return { rows, messages: new Set([...handled, ...replayed]) };
}

/** The rows that jobs name, locked table by table and, within one, in the order of their keys. */
async function lockRows<S extends State>(
  { send }: Session,
  statements: Statements,
  jobs: readonly Job<S>[],
): Promise<Facts['rows']> {
  const wanted = [...statements].flatMap(([name, ofTable]) => {
    const keys = new Set(jobs.flatMap(({ keys }) => keys[name] ?? []));
    return keys.size > 0 ? [{ name, keys: [...keys], ...ofTable }] : [];
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

/** Marks the messages of jobs as handled, or removes the letters of replays; returns the names of those it found. */
async function take<S extends State>(
  { send }: Session,
  jobs: readonly Job<S>[],
  isReplay: boolean,
): Promise<string[]> {
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

/** The second flight: it writes what was decided and commits. Returns the entries that got their numbers. */
export async function secondFlight(
  { send }: Session,
  statements: Statements,
  { inserts, puts, adds, events }: Decided,
  now: Date,
): Promise<LogEntry[]> {
  const writes = [...statements].flatMap(([name, { insert, put, valuesOf }]) => {
    const rowsOf = (from: Decided['puts']) => [...(from.get(name)?.values() ?? [])];
    const [added, replaced] = [rowsOf(inserts), rowsOf(puts)];
    return [
      added.length > 0 && send(insert, valuesOf(added)),
      replaced.length > 0 && send(put, valuesOf(replaced)),
    ];
  });
  // After all other rows, and in one order: these are locked for the time of the commit alone.
  const increments = [...statements].flatMap(([name, { add, valuesOf }]) => {
    const rows = [...(adds.get(name)?.values() ?? [])];
    return rows.length > 0 ? [send(add, valuesOf(rows))] : [];
  });
  const appending =
    events.length > 0
      ? ([
          send(numbering.tryLock),
          send<{ seq: number | null }>(numbering.append, [events, now.toISOString()]),
        ] as const)
      : [];
  // Of a transaction in which a statement failed, this makes a rollback.
  const ended = send(commit);
  await Promise.all([...writes, ...increments, ...appending, ended]);
  const numbers = (await appending[1]) ?? [];
  return events.flatMap((event, index) => {
    const seq = numbers[index]?.seq ?? null;
    return seq === null ? [] : [{ seq, event }];
  });
}
