import { NUMBERING_LOCK } from './locks.ts';
import { statement } from './statement.ts';

// Transactions do not commit in the order in which they insert, so an event is numbered among those that are
// committed, by the holder of the numbering lock. A lock and what it guards are two statements: each sees what was
// committed before it began. Numbers and lock end with the transaction, so the next holder sees them.

/** The highest number given, also when all rows that had one are deleted. */
const LAST = `coalesce(greatest((select max(seq) from outbox),
  (select seq from log_position where reader = 'outbox')), 0)`;

const NUMBERED = `update outbox set seq = (select last from state) + waiting.n from waiting
  where outbox.id = waiting.id and outbox.seq is null`;

export const last = statement(`select ${LAST} as last`);

/** Waits until no other process gives numbers. */
export const lock = statement(`select pg_advisory_xact_lock(${NUMBERING_LOCK})`);

/** Numbers what waits, in the order of insertion. */
export const number = statement(`with state as materialized (select ${LAST} as last),
  waiting as materialized (select id, row_number() over (order by id) as n from outbox where seq is null)
  ${NUMBERED}`);

/** Takes the lock if it is free, and leaves a note of it to the statements that follow. */
export const tryLock = statement(
  `select set_config('airline.numbering', pg_try_advisory_xact_lock(${NUMBERING_LOCK})::text, true)`,
);

/**
 * Inserts the events $1, made at $2. With the lock they get their numbers on the way, after those that wait: an idle
 * service pays for no second commit. Without it they wait.
 */
export const append = statement(`with state as materialized (
    select ${LAST} as last, current_setting('airline.numbering') = 'true' as mine),
  waiting as materialized (select id, row_number() over (order by id) as n from outbox
    where seq is null and (select mine from state)),
  numbered as (${NUMBERED})
  insert into outbox (seq, event, created_at)
  select case when mine then last + (select count(*) from waiting) + n end, event, $2
  from unnest($1::text[]) with ordinality as appended (event, n), state order by n
  returning seq`);
