import type { Delivery } from '../transport.ts';
import type { Redis } from './client.ts';
import type { Connection } from './connect.ts';
import type { ReaderEntries } from './entry.ts';
import { isMissing } from './error-reply.ts';

export interface Member {
  readonly stream: string;
  readonly group: string;
  readonly consumer: string;
}

/** A reader reads at least every few seconds; one that has been silent for so many take-over times is dead. */
const DEAD_AFTER_TAKE_OVERS = 20;

// In one step: deleting a member that holds entries deletes them from the pending list, and no member would get them again.
const REMOVE_IF_EMPTY = `#!lua flags=allow-oom
local held = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2])
if #held == 0 then redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2]) end
`;

/** The end of the name of a group that asks for a stream to be filled again; nobody reads by it. */
export const LOST = ':lost';

// In one step: what another member has taken over in the meantime is its. What is no longer in the stream, XCLAIM drops from what
// is pending: the publisher is asked for it. Neither may fail for a Redis that is full.
const GIVE_BACK = `#!lua flags=allow-oom
local function giveBack(held)
  for _, entry in ipairs(held) do
    local id, count = entry[1], math.max(0, entry[4] - 1)
    local kept = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'IDLE', ARGV[3], 'RETRYCOUNT', count, 'JUSTID')
    if #kept == 0 then redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1] .. '${LOST}', '0') end
  end
end
for i = 4, #ARGV do giveBack(redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])) end
local from = #ARGV == 3 and '-'
while from do
  local held = redis.call('XPENDING', KEYS[1], ARGV[1], from, '+', 100, ARGV[2])
  giveBack(held)
  from = #held > 0 and '(' .. held[#held][1]
end
`;

/**
 * Work on a group that makes the group when Redis does not know it, at the stream's beginning: events from before it was
 * there are its, too.
 */
export function withGroup(connection: Connection, { stream, group }: Member, work: () => Promise<void>) {
  return async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isMissing(error)) throw error;
      await connection
        .run((redis) => redis.xGroupCreate(stream, group, '0', { MKSTREAM: true }))
        .catch((refused: Error) => {
          if (!refused.message.startsWith('BUSYGROUP')) throw refused;
        });
    }
  };
}

/**
 * Claims what has been pending for longer than `afterMs`, whichever member holds it. Entries are claimed one by one: each of
 * them may be what ended its last reader, and those after it must not be counted as delivered once more. One that this member
 * has in flight does not count so either.
 */
export async function* abandoned(
  connection: Connection,
  { stream, group, consumer }: Member,
  entries: ReaderEntries,
  afterMs: number,
  isInFlight: (seq: number) => boolean,
  onTrimmed: (ids: readonly string[]) => Promise<void>,
): AsyncGenerator<Delivery> {
  let start = '0-0';
  do {
    const claimed = await connection.run((redis) =>
      redis.xAutoClaim(stream, group, consumer, afterMs, start, { COUNT: 1 }),
    );
    if (claimed.deletedMessages.length > 0) await onTrimmed(claimed.deletedMessages);
    for (const message of claimed.messages) {
      if (!message) continue;
      const [pending] = await connection.run((redis) =>
        redis.xPendingRange(stream, group, message.id, message.id, 1),
      );
      const deliveries = pending?.deliveriesCounter ?? 1;
      const entry = entries.entryOf(message);
      if (!isInFlight(entry.seq)) yield { ...entry, deliveries };
      else
        await connection.run((redis) =>
          redis.xClaimJustId(stream, group, consumer, 0, message.id, { RETRYCOUNT: deliveries - 1 }),
        );
    }
    start = claimed.nextId;
  } while (start !== '0-0');
}

/** Asks the publisher for entries that are neither in the stream nor pending any more. */
export async function askForLost(redis: Redis, { stream, group }: Member): Promise<void> {
  await redis.xGroupCreate(stream, `${group}${LOST}`, '0').catch((refused: Error) => {
    if (!refused.message.startsWith('BUSYGROUP')) throw refused;
  });
}

/**
 * Gives up all that a member holds: others may claim it at once, and it counts as delivered once less. Redis knows best what that
 * is: it may have assigned entries by a reply that has not arrived.
 */
export async function release(redis: Redis, member: Member, claimedAfterMs: number): Promise<void> {
  await giveBack(redis, member, claimedAfterMs, []);
}

/** Has what a member holds on to count as delivered once less: that it was attempted has not ended the process. */
export async function uncount(redis: Redis, member: Member, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await giveBack(redis, member, 0, ids);
}

/** @param ids none is all */
async function giveBack(redis: Redis, member: Member, idleMs: number, ids: readonly string[]): Promise<void> {
  const { stream, group, consumer } = member;
  await redis.eval(GIVE_BACK, { keys: [stream], arguments: [group, consumer, String(idleMs), ...ids] });
}

/** Removes a member's name from its group unless it holds entries. */
export async function removeIfEmpty(redis: Redis, { stream, group, consumer }: Member): Promise<void> {
  await redis.eval(REMOVE_IF_EMPTY, { keys: [stream], arguments: [group, consumer] });
}

/** Removes the names of other members that have died and hold nothing. */
export async function removeDead(redis: Redis, member: Member, takeOverAfterMs: number): Promise<void> {
  const { stream, group, consumer } = member;
  for (const { name, pending, idle } of await redis.xInfoConsumers(stream, group)) {
    const isDead = name !== consumer && pending === 0 && idle > takeOverAfterMs * DEAD_AFTER_TAKE_OVERS;
    if (isDead) await removeIfEmpty(redis, { ...member, consumer: name });
  }
}
