import { getTableName } from 'drizzle-orm';
import type { CommitReport, OnCommit } from './commit-report.ts';
import { withMessages } from './message-tables.ts';
import { identifier, type Table } from './table.ts';
import { isUnwritable } from './transient.ts';

/** A commit that succeeded so recently shows that the next one may, without a write for that alone. */
const SHOWN_FOR_MS = 1000;

/** A failed write is held against the database until one succeeds, or for so long: what is small may fit where the rest does not. */
const HELD_FOR_MS = 15_000;

/** Whether a database takes what a service writes, as its own commits have shown it or else one row of no meaning. */
export interface Writable {
  readonly onCommit: OnCommit;
  /** Throws why writes fail; otherwise writes, unless a commit has just succeeded. */
  check(write: () => Promise<unknown>): Promise<void>;
}

export function createWritable(next: OnCommit | undefined, clock = () => performance.now()): Writable {
  let succeededAt = Number.NEGATIVE_INFINITY;
  let failed: { readonly error: unknown; readonly at: number } | undefined;

  return {
    onCommit: (report: CommitReport) => {
      if (report.failure === undefined) {
        succeededAt = clock();
        failed = undefined;
      } else if (isUnwritable(report.failure)) failed = { error: report.failure, at: clock() };
      next?.(report);
    },
    check: async (write) => {
      if (failed && clock() - failed.at < HELD_FOR_MS) throw failed.error;
      if (clock() - succeededAt > SHOWN_FOR_MS) await write();
    },
  };
}

/** Fails while one of a service's tables is missing, or must not be read. */
export const tablesQuery = (tables: Readonly<Record<string, Table>>): string =>
  withMessages(tables)
    .map((table) => `select 1 from ${identifier(getTableName(table))} where 1 = 0`)
    .join(' union all ');

/** Writes the row of no meaning. */
export const PROBE = `insert into log_position (reader, seq, starts) values ('probe', 0, 0)
  on conflict (reader) do update set seq = log_position.seq + 1`;
