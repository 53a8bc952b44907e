import type { Expired } from '../store.ts';
import { firstUuidAt } from '../uuid-bound.ts';
import type { Postgres } from './connect.ts';
import { statement } from './statement.ts';

/** Rows that one transaction deletes, so that others are served in between. */
const BATCH = 1000;

const deleteHandled = statement(`with old as (
    delete from inbox where ctid = any(array(select ctid from inbox where event_id < $1 limit ${BATCH})) returning 1)
  select count(*) as total from old`);

/** Numbers are never given twice, so the highest that is deleted is kept. */
const deletePublished = statement(`with old as (
    delete from outbox where seq in (select seq from outbox where seq <= $1 order by seq limit ${BATCH}) returning seq),
  kept as (
    insert into log_position (reader, seq) select 'outbox', max(seq) from old having count(*) > 0
    on conflict (reader) do update set seq = greatest(log_position.seq, excluded.seq))
  select count(*) as total from old`);

const deleteDropped = statement(`with old as (
    delete from dead_letter where id in (select id from dead_letter where dropped_at < $1 limit ${BATCH}) returning 1)
  select count(*) as total from old`);

/** Deletes inbox rows of events made before an instant, outbox rows up to a number, and letters dropped before an instant. */
export async function deleteExpired({ query }: Postgres, expired: Expired): Promise<void> {
  const steps = [
    () => query<{ total: number }>(deleteHandled, [firstUuidAt(expired.inbox)]),
    () => query<{ total: number }>(deletePublished, [expired.outbox]),
    () => query<{ total: number }>(deleteDropped, [expired.droppedLetters.toISOString()]),
  ];
  for (const step of steps) {
    for (let deleted = BATCH; deleted === BATCH; ) deleted = (await step())[0]?.total ?? 0;
  }
}
