import { setImmediate as turn } from 'node:timers/promises';
import { lte, sql } from 'drizzle-orm';
import { inbox, outbox } from '../message-tables.ts';
import type { Expired } from '../store.ts';
import { firstUuidAt } from '../uuid-bound.ts';
import type { Sqlite } from './connect.ts';

/** Rows that one transaction deletes, so that others are served in between. */
const BATCH = 1000;

/** Deletes inbox rows of events made before an instant, and outbox rows up to a number. */
export async function deleteExpired({ db }: Sqlite, expired: Expired): Promise<void> {
  const steps = [
    () =>
      db
        .delete(inbox)
        .where(
          sql`(consumer, event_id) in (select consumer, event_id from inbox
            where ${inbox.eventId} < ${firstUuidAt(expired.inbox)} limit ${BATCH})`,
        )
        .run(),
    () =>
      db
        .delete(outbox)
        .where(
          sql`${outbox.seq} in (${db.select({ seq: outbox.seq }).from(outbox).where(lte(outbox.seq, expired.outbox)).limit(BATCH)})`,
        )
        .run(),
  ];
  for (const step of steps) {
    while (step().changes === BATCH) await turn();
  }
}
