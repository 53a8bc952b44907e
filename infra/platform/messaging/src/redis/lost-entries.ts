import type { PublishOptions } from '../transport.ts';
import type { Redis } from './client.ts';
import { LOST } from './group.ts';
import { TRIMMED } from './trim.ts';

// In one step, so that of several relays one removes the stream, and none removes what another has filled again.
// Ids are `<seq>-0`, without a gap. XDEL leaves its highest id in the stream, XTRIM only another beginning.
// A group that reads on passes over what is gone, so what was needed at the last check counts.
const SCRIPT = `#!lua
local function fieldsOf(list)
  local fields = {}
  for i = 1, #list, 2 do fields[list[i]] = list[i + 1] end
  return fields
end
local function seqOf(id) return tonumber(string.match(id, '^%d+')) end

local reply = redis.pcall('XINFO', 'STREAM', KEYS[1])
if reply.err then return {0, 0, 0} end
local stream = fieldsOf(reply)
local last = seqOf(stream['last-generated-id'])
local first = stream['first-entry'] and seqOf(stream['first-entry'][1]) or last + 1
local trimmed = tonumber(ARGV[1])

local groups = {}
local isAsked = false
for _, list in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = fieldsOf(list)
  groups[group['name']] = group
  isAsked = isAsked or string.sub(group['name'], -#'${LOST}') == '${LOST}'
end
local needed = isAsked and 0 or last + 1
for i = 3, #ARGV do
  local group = groups[ARGV[i]]
  local next = group and seqOf(group['last-delivered-id']) + 1 or 0
  local pending = group and redis.call('XPENDING', KEYS[1], ARGV[i])[2]
  needed = math.min(needed, next, pending and seqOf(pending) or next)
end
local since = math.max(math.min(needed, tonumber(ARGV[2])), trimmed + 1)

local isCutOff = first > since and since <= last
local hasHole = stream['length'] < last - first + 1 and seqOf(stream['max-deleted-entry-id']) >= since
if not isCutOff and not hasHole and not isAsked then return {needed, 0, 0} end
local removed = redis.pcall('DEL', KEYS[1])
return {needed, since, type(removed) == 'table' and 0 or 1}
`;

/** Entries that a group had yet to handle are gone from a stream. */
export interface Lost {
  /** The first that a group needs, or needed at the last check. */
  readonly needed: number;
  /** Whether the stream is removed, so that it is filled again from the outbox; otherwise Redis has refused that. */
  readonly isRemoved: boolean;
}

export interface LossCheck {
  /** The first entry that a group needs. */
  readonly needed: number;
  readonly lost: Lost | undefined;
}

/**
 * Removes a stream from which something else than the relay (an XTRIM or XDEL by hand, an eviction) has removed what an
 * expected group has yet to handle. To lose all of it is what a relay and the groups recover from.
 *
 * @param neededBefore the first entry that a group needed at the last check
 */
export async function removeIfEntriesAreLost(
  redis: Redis,
  { stream, log, groups }: PublishOptions,
  neededBefore = Number.MAX_SAFE_INTEGER,
): Promise<LossCheck> {
  const trimmed = await log.position(TRIMMED);
  const reply = await redis.eval(SCRIPT, {
    keys: [stream],
    arguments: [String(trimmed), String(neededBefore), ...groups],
  });
  // The client has no type for what a script returns.
  const [needed, since, removed] = reply as [number, number, number];
  return { needed, lost: since === 0 ? undefined : { needed: since, isRemoved: removed === 1 } };
}
