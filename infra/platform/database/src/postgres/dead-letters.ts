import type { DeadLetter, DeadLetters, DroppedLetter } from '../store.ts';
import type { Postgres } from './connect.ts';
import { statement } from './statement.ts';

const LETTER = `id as "eventId", consumer, stream, seq, event, event_type as "eventType", error, deliveries,
  died_at as "diedAt"`;

const add = statement(`with handled as (
    insert into inbox (consumer, event_id) values ($2, $1) on conflict do nothing returning event_id),
  letter as (
    insert into dead_letter (id, consumer, stream, seq, event, event_type, error, deliveries, died_at)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9 from handled on conflict do nothing)
  select event_id from handled`);
const list = statement(
  `select ${LETTER} from dead_letter where dropped_at is null order by died_at limit $1`,
);
const count = statement('select count(*) as total from dead_letter where dropped_at is null');
const listDropped = statement(`select ${LETTER}, dropped_at as "droppedAt", dropped_by as "droppedBy",
  drop_reason as "dropReason" from dead_letter where dropped_at is not null order by dropped_at desc limit $1`);
const replayable = statement(
  `select ${LETTER} from dead_letter where replay_asked_at is not null order by died_at limit $1`,
);
const ask = statement(`update dead_letter set replay_asked_at = $1
  where replay_asked_at is null and dropped_at is null
  and ($2::text[] is null or id = any($2)) and ($3::text is null or event_type = $3) returning id`);
const drop = statement(`update dead_letter
  set replay_asked_at = null, dropped_at = $1, dropped_by = $2, drop_reason = $3
  where dropped_at is null and id = any($4::text[]) returning id`);
const keep = statement(`update dead_letter set replay_asked_at = null, error = $3, deliveries = $4
  where id = $1 and consumer = $2`);

export function createDeadLetters({ query }: Postgres, now: () => Date): DeadLetters {
  return {
    add: async ({ eventId, consumer, stream, seq, event, eventType, error, deliveries, diedAt }) => {
      const values = [eventId, consumer, stream, seq, event, eventType, error, deliveries, diedAt];
      return (await query(add, values)).length > 0;
    },
    list: async (limit = 1000) => query<DeadLetter>(list, [limit]),
    count: async () => (await query<{ total: number }>(count))[0]?.total ?? 0,
    replayable: async (limit) => query<DeadLetter>(replayable, [limit]),
    requestReplay: async ({ eventIds, eventType } = {}) =>
      (await query(ask, [now().toISOString(), eventIds && [...eventIds], eventType])).length,
    drop: async (eventIds, { by, reason }) =>
      (await query(drop, [now().toISOString(), by, reason, [...eventIds]])).length,
    dropped: async (limit = 1000) => query<DroppedLetter>(listDropped, [limit]),
    markReplayFailed: async (letter, error) => {
      await query(keep, [letter.eventId, letter.consumer, error, letter.deliveries + 1]);
    },
  };
}
