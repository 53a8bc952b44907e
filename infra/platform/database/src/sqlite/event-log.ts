import { eq, gt, max, min, type SQL, sql } from 'drizzle-orm';
import type { LogQueries } from '../event-log.ts';
import { logPosition, outbox } from '../message-tables.ts';
import type { Sqlite } from './connect.ts';
import type { prepareMessages } from './statements.ts';

/**
 * The queries of a log that needs no numbering: SQLite has one writer, so the numbers of insertion are dense and in the
 * order of the commits, and `AUTOINCREMENT` never gives one twice.
 */
export function logQueries({ db }: Sqlite, messages: ReturnType<typeof prepareMessages>): LogQueries {
  const firstCreatedAt = (where: SQL) =>
    db.select({ at: outbox.createdAt }).from(outbox).where(where).orderBy(outbox.seq).limit(1).get()?.at;

  return {
    read: async (after, limit) => messages.readLog(after, limit),
    last: async () => {
      // Not the highest row: purged rows have given their numbers too.
      const [counter] = db.all<{ seq: number }>(sql`select seq from sqlite_sequence where name = 'outbox'`);
      return counter?.seq ?? 0;
    },
    bounds: async () =>
      db
        .select({ low: min(outbox.seq), high: max(outbox.seq) })
        .from(outbox)
        .get(),
    createdAt: async (seq) => firstCreatedAt(eq(outbox.seq, seq)),
    firstAbove: async (after) => firstCreatedAt(gt(outbox.seq, after)),
    position: async (reader) =>
      db.select().from(logPosition).where(eq(logPosition.reader, reader)).get()?.seq ?? 0,
    advance: async (reader, seq) => {
      db.insert(logPosition)
        .values({ reader, seq, starts: 0 })
        .onConflictDoUpdate({ target: logPosition.reader, set: { seq, starts: 0 } })
        .run();
    },
    start: async (reader) => {
      const [row] = db
        .insert(logPosition)
        .values({ reader, seq: 0, starts: 1 })
        .onConflictDoUpdate({ target: logPosition.reader, set: { starts: sql`${logPosition.starts} + 1` } })
        .returning()
        .all();
      return row?.starts ?? 1;
    },
  };
}
