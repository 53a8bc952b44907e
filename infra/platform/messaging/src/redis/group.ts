import type { Delivery } from '../transport.ts';
import type { Redis } from './client.ts';
import type { Connection } from './connect.ts';
import { entryOf } from './entry.ts';

export interface Member {
  readonly stream: string;
  readonly group: string;
  readonly consumer: string;
}

/** A reader asks at least every few seconds; one that has been silent for so many take-over times is dead. */
const DEAD_AFTER_TAKE_OVERS = 20;

// In one step, because deleting a name that holds entries deletes what is known of them: nobody would get them again.
const REMOVE_IF_EMPTY = `#!lua
local held = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2])
if #held == 0 then redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2]) end
`;

/** Makes the group, at the stream's beginning: events from before it was there are its too. */
export async function ensureGroup(redis: Redis, { stream, group }: Member): Promise<void> {
  await redis.xGroupCreate(stream, group, '0', { MKSTREAM: true }).catch((error: Error) => {
    if (!error.message.startsWith('BUSYGROUP')) throw error;
  });
}

/**
 * Claims what has lain unacknowledged for longer than `afterMs`, whoever holds it. Entries come one by one: each of
 * them may be what killed their last reader, and those after it must not be counted as delivered once more.
 */
export async function* abandoned(
  connection: Connection,
  { stream, group, consumer }: Member,
  afterMs: number,
  onTrimmed: (ids: readonly string[]) => void,
): AsyncGenerator<Delivery> {
  let start = '0-0';
  do {
    const claimed = await connection.run((redis) =>
      redis.xAutoClaim(stream, group, consumer, afterMs, start, { COUNT: 1 }),
    );
    if (claimed.deletedMessages.length > 0) onTrimmed(claimed.deletedMessages);
    for (const message of claimed.messages) {
      if (!message) continue;
      const [pending] = await connection.run((redis) =>
        redis.xPendingRange(stream, group, message.id, message.id, 1),
      );
      yield { ...entryOf(message), deliveries: pending?.deliveriesCounter ?? 1 };
    }
    start = claimed.nextId;
  } while (start !== '0-0');
}

/** Removes a member's name unless it holds entries. */
export async function removeIfEmpty(redis: Redis, { stream, group, consumer }: Member): Promise<void> {
  await redis.eval(REMOVE_IF_EMPTY, { keys: [stream], arguments: [group, consumer] });
}

/** Removes the names of other members that read no more. */
export async function removeDead(redis: Redis, member: Member, takeOverAfterMs: number): Promise<void> {
  const { stream, group, consumer } = member;
  for (const { name, pending, idle } of await redis.xInfoConsumers(stream, group)) {
    const isDead = name !== consumer && pending === 0 && idle > takeOverAfterMs * DEAD_AFTER_TAKE_OVERS;
    if (isDead) await removeIfEmpty(redis, { ...member, consumer: name });
  }
}
