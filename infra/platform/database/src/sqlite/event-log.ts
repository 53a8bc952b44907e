import { eq, gt, sql } from 'drizzle-orm';
import type { EventLog, LogEntry } from '../event-log.ts';
import { logPosition, outbox } from '../message-tables.ts';
import { createRecent } from '../recent.ts';
import type { Sqlite } from './connect.ts';
import type { prepareMessages } from './statements.ts';

/**
 * The outbox as a log. SQLite has one writer, so the numbers of insertion are dense and in the order of the
 * commits, and `AUTOINCREMENT` never gives one twice.
 */
export function createEventLog({ db }: Sqlite, messages: ReturnType<typeof prepareMessages>) {
  const listeners = new Set<() => void>();
  const recent = createRecent();
  const createdAt = (seq: number) =>
    db.select({ at: outbox.createdAt }).from(outbox).where(eq(outbox.seq, seq)).get()?.at;
  const bound = (which: 'min' | 'max') =>
    db
      .select({ seq: sql<number | null>`${sql.raw(which)}(${outbox.seq})` })
      .from(outbox)
      .get()?.seq ?? 0;
  const positionOf = (reader: string) =>
    db.select().from(logPosition).where(eq(logPosition.reader, reader)).get();

  const log: EventLog = {
    read: async (after, limit) => recent.read(after, limit) ?? messages.readLog(after, limit),
    ownSince: recent.since,
    last: async () => {
      // Not the highest row: purged rows have given their numbers too.
      const [counter] = db.all<{ seq: number }>(sql`select seq from sqlite_sequence where name = 'outbox'`);
      return counter?.seq ?? 0;
    },
    lastBefore: async (instant) => {
      // Entries are in the order of time, so a binary search does without an index.
      const limit = instant.toISOString();
      let low = bound('min') - 1;
      let high = bound('max');
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        const at = createdAt(middle);
        if (at !== undefined && at < limit) low = middle;
        else high = middle - 1;
      }
      return Math.max(low, 0);
    },
    age: async (after, now) => {
      const first = db
        .select({ at: outbox.createdAt })
        .from(outbox)
        .where(gt(outbox.seq, after))
        .orderBy(outbox.seq)
        .limit(1)
        .get();
      return first ? Math.max(0, now.getTime() - Date.parse(first.at)) : 0;
    },
    onAppend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    position: async (reader) => positionOf(reader)?.seq ?? 0,
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
  const appended = (entries: readonly LogEntry[]) => {
    if (entries.length === 0) return;
    recent.add(entries);
    for (const listener of listeners) listener();
  };
  return { log, appended, discard: recent.discard };
}
