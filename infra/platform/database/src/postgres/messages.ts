import { statement } from './statement.ts';

// What transactions run for the messages they handle. Rows go in the order of their keys, which keeps transactions
// that insert the same ones from waiting for each other in a circle.

/** Named, since a server may have another one as its default, under which transactions that meet fail. */
export const begin = { text: 'begin isolation level read committed' };
export const commit = { text: 'commit' };
export const rollback = { text: 'rollback' };

/** Notes that the consumers $1 handle the events $2; returns those that are new. */
export const markHandled = statement(`insert into inbox (consumer, event_id)
  select * from unnest($1::text[], $2::text[]) as message (consumer, event_id) order by consumer collate "C", event_id collate "C"
  on conflict do nothing returning consumer, event_id as "eventId"`);

/** Removes the letters of the consumers $1 with the ids $2, unless they are dropped; returns those that were there. */
export const removeLetters = statement(`delete from dead_letter
  where (id, consumer) in (select * from unnest($2::text[], $1::text[])) and dropped_at is null
  returning consumer, id as "eventId"`);
