import { setImmediate as turn } from 'node:timers/promises';
import { lt, lte, sql } from 'drizzle-orm';
import { deadLetter, inbox, outbox } from '../message-tables.ts';
import type { Expired } from '../store.ts';
import { firstUuidAt } from '../uuid-bound.ts';
import type { Sqlite } from './connect.ts';

/** Rows that one transaction deletes, so that others are served in between. */
const BATCH = 1000;

/** Deletes inbox rows of events made before an instant, outbox rows up to a number, and letters dropped before an instant. */
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
    () =>
      db
        .delete(deadLetter)
        .where(
          sql`${deadLetter.id} in (${db.select({ id: deadLetter.id }).from(deadLetter).where(lt(deadLetter.droppedAt, expired.droppedLetters.toISOString())).limit(BATCH)})`,
        )
        .run(),
  ];
  for (const step of steps) {
    while (step().changes === BATCH) await turn();
  }
}
