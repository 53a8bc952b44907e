import type { Encode } from '../decide.ts';
import type { LogEntry } from '../event-log.ts';
import type { State, Tables } from '../store.ts';
import type { Table } from '../table.ts';
import type { Session } from './connect.ts';
import { type Decided, decideAll } from './decisions.ts';
import { firstFlight, type Statements, secondFlight } from './flights.ts';
import type { Job, Outcome } from './job.ts';
import { rollback } from './messages.ts';
import { rowStatements } from './rows.ts';

export interface TransactionOptions<S extends State> {
  readonly tables: Tables<S>;
  readonly encode: Encode;
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

/** Prepares how a batch of jobs becomes one transaction, in two network flights with the decisions between them. */
export function createTransaction<S extends State>({ tables, encode, now }: TransactionOptions<S>) {
  const statements: Statements = new Map(
    Object.entries<Table>(tables).map(([name, table]) => [name, rowStatements(table)]),
  );

  /** Begins and decides; what it throws has changed nothing. */
  async function decide(session: Session, jobs: readonly Job<S>[]) {
    try {
      const facts = await firstFlight(session, statements, jobs);
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
      const entries = await secondFlight(session, statements, decided, now());
      return { outcomes: decided.outcomes, appended: decided.events.length, entries };
    } catch (error) {
      await session.send(rollback).catch(() => {});
      throw error;
    }
  };
}

const isChange = ({ inserts, puts, adds, events }: Decided) =>
  inserts.size + puts.size + adds.size + events.length > 0;

/** What became of a batch that was done again without some of its jobs. */
function withFailed({ outcomes }: Decided, without: readonly number[], rest: Committed): Committed {
  const others = [...rest.outcomes];
  const merged = outcomes.flatMap((outcome, index) =>
    without.includes(index) ? outcome : others.splice(0, 1),
  );
  return { ...rest, outcomes: merged };
}
