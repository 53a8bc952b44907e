import type { LogEntry } from '@airline/database';
import type { Redis } from './client.ts';
import { seqOf } from './entry.ts';
import { isMissing } from './error-reply.ts';

// Appends only where the stream ends as expected, so that it always is an unbroken run of the outbox: a relay
// that lost its lead, and a stream that was emptied or set back in the meantime, are both noticed before
// anything is written. (Refused ids alone would let entries into an emptied stream above a gap.) The script is
// one command to Redis: a full one refuses all of it.
const SCRIPT = `#!lua
local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
local last = 0
if not info.err then
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then last = tonumber(string.match(info[i + 1], '^%d+')) end
  end
end
local seq = tonumber(ARGV[2])
if last ~= tonumber(ARGV[1]) then return last end
for i = 3, #ARGV do
  redis.call('XADD', KEYS[1], string.format('%.0f-0', seq), 'event', ARGV[i])
  last = seq
  seq = seq + 1
end
return last
`;

/**
 * Appends consecutive entries if the stream's last number is `expected`.
 * @returns the stream's last number afterwards.
 */
export async function append(
  redis: Redis,
  stream: string,
  expected: number,
  entries: readonly LogEntry[],
): Promise<number> {
  const first = entries[0]?.seq ?? 0;
  const last = await redis.eval(SCRIPT, {
    keys: [stream],
    arguments: [String(expected), String(first), ...entries.map(({ event }) => event)],
  });
  return Number(last);
}

/** Where a stream ends: its last number, 0 while there is none, and the event there unless it was removed. */
export interface StreamEnd {
  readonly seq: number;
  readonly event: string | undefined;
}

/** Reads where a stream ends, also from a Redis that is full. */
export async function endOf(redis: Redis, stream: string): Promise<StreamEnd> {
  const info = await redis.xInfoStream(stream).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!info) return { seq: 0, event: undefined };
  const id = info['last-generated-id'];
  const entry = info['last-entry'];
  return { seq: seqOf(id), event: entry?.id === id ? entry.message.event : undefined };
}
