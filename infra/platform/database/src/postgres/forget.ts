import { firstUuidAt } from '../uuid-bound.ts';
import type { Postgres } from './connect.ts';
import { statement } from './statement.ts';

/** Rows that one transaction deletes, so that others are served in between. */
const STEP = 1000;

const forgetHandled = statement(`with old as (
    delete from inbox where ctid = any(array(select ctid from inbox where event_id < $1 limit ${STEP})) returning 1)
  select count(*) as total from old`);

/** Numbers are never given twice, so the highest that is forgotten is kept. */
const forgetPublished = statement(`with old as (
    delete from outbox where seq in (select seq from outbox where seq <= $1 order by seq limit ${STEP}) returning seq),
  kept as (
    insert into log_position (reader, seq) select 'outbox', max(seq) from old having count(*) > 0
    on conflict (reader) do update set seq = greatest(log_position.seq, excluded.seq))
  select count(*) as total from old`);

/** Deletes inbox rows of events made before an instant, and outbox rows up to a number. */
export async function forget({ query }: Postgres, past: { inbox: Date; outbox: number }): Promise<void> {
  const steps = [
    () => query<{ total: number }>(forgetHandled, [firstUuidAt(past.inbox)]),
    () => query<{ total: number }>(forgetPublished, [past.outbox]),
  ];
  for (const step of steps) {
    for (let deleted = STEP; deleted === STEP; ) deleted = (await step())[0]?.total ?? 0;
  }
}
