import type { LogEntry, LogQueries } from '../event-log.ts';
import type { Postgres } from './connect.ts';
import { begin, commit } from './messages.ts';
import * as numbering from './numbering.ts';
import { statement } from './statement.ts';

/** Entries above $1; and a last row without a number when there are events that have none. */
const read = statement(`(select seq, event from outbox where seq > $1 order by seq limit $2)
  union all (select null, null from outbox where seq is null limit 1)
  order by seq nulls last`);
const isWaiting = statement('select 1 from outbox where seq is null limit 1');
const bounds = statement('select min(seq) as low, max(seq) as high from outbox');
const createdAt = statement('select created_at as at from outbox where seq = $1');
const firstAbove = statement(`(select created_at as at from outbox where seq > $1 order by seq limit 1)
  union all (select created_at from outbox where seq is null order by id limit 1) limit 1`);
const position = statement('select seq from log_position where reader = $1');
const advance = statement(`insert into log_position (reader, seq, starts) values ($1, $2, 0)
  on conflict (reader) do update set seq = excluded.seq, starts = 0`);
const start = statement(`insert into log_position (reader, seq, starts) values ($1, 0, 1)
  on conflict (reader) do update set starts = log_position.starts + 1 returning starts`);

interface Stored {
  readonly seq: number | null;
  readonly event: string;
}

/** The queries of a log whose readers number what was committed without a number first. */
export function logQueries({ query, session }: Postgres): LogQueries {
  const number = () =>
    session(({ send }) =>
      Promise.all([send(begin), send(numbering.lock), send(numbering.number), send(commit)]),
    );

  return {
    read: async (after, limit) => {
      const rows = await query<Stored>(read, [after, limit]);
      const entries = rows.filter(isNumbered);
      if (entries.length === rows.length || entries.length === limit) return entries;
      await number();
      return (await query<Stored>(read, [after, limit])).filter(isNumbered);
    },
    last: async () => {
      if ((await query(isWaiting)).length > 0) await number();
      return first(await query<{ last: number }>(numbering.last))?.last ?? 0;
    },
    bounds: async () => first(await query<{ low: number | null; high: number | null }>(bounds)),
    createdAt: async (seq) => first(await query<{ at: string }>(createdAt, [seq]))?.at,
    firstAbove: async (after) => first(await query<{ at: string }>(firstAbove, [after]))?.at,
    position: async (reader) => first(await query<{ seq: number }>(position, [reader]))?.seq ?? 0,
    advance: async (reader, seq) => {
      await query(advance, [reader, seq]);
    },
    start: async (reader) => first(await query<{ starts: number }>(start, [reader]))?.starts ?? 1,
  };
}

const first = <Row>(rows: readonly Row[]): Row | undefined => rows[0];
const isNumbered = (row: Stored): row is LogEntry => row.seq !== null;
