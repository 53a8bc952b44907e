import type { GroupProgress, PublishOptions, StreamStatus } from '../transport.ts';
import type { Redis } from './client.ts';
import { seqOf } from './entry.ts';
import { isMissing } from './error-reply.ts';
import type { Member } from './group.ts';

/** Reads the status of a stream and of its expected groups from Redis. */
export async function streamStatus(redis: Redis, { stream, groups }: PublishOptions): Promise<StreamStatus> {
  try {
    const [info, found] = await Promise.all([redis.xInfoStream(stream), redis.xInfoGroups(stream)]);
    const expected = found.filter(({ name }) => groups.includes(name));
    return {
      end: seqOf(info['last-generated-id']),
      length: info.length,
      groups: await Promise.all(
        expected.map(async ({ name, ...group }) => {
          const { pending, firstId } = await redis.xPending(stream, name);
          return {
            group: name,
            delivered: seqOf(group['last-delivered-id']),
            // Null while Redis does not know it, whatever the client's type says.
            lag: group.lag ?? undefined,
            pending,
            oldestPending: firstId ? seqOf(firstId) : undefined,
          };
        }),
      ),
    };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { end: 0, length: 0, groups: [] };
  }
}

/** Reads from Redis how far a group has read a stream, and by which members. */
export async function groupProgress(
  redis: Redis,
  { stream, group }: Pick<Member, 'stream' | 'group'>,
): Promise<GroupProgress> {
  try {
    const [info, groups] = await Promise.all([redis.xInfoStream(stream), redis.xInfoGroups(stream)]);
    const end = seqOf(info['last-generated-id']);
    const found = groups.find(({ name }) => name === group);
    if (!found) return { lag: end, pending: 0, members: [] };
    const consumers = await redis.xInfoConsumers(stream, group);
    return {
      lag: Math.max(0, end - seqOf(found['last-delivered-id'])),
      pending: found.pending,
      members: consumers.map(({ name, idle, pending }) => ({ name, idleMs: idle, pending })),
    };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { lag: 0, pending: 0, members: [] };
  }
}
