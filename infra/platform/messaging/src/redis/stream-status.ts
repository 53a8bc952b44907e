import type { PublishOptions, StreamStatus } from '../transport.ts';
import type { Redis } from './client.ts';
import { seqOf } from './entry.ts';
import { isMissing } from './error-reply.ts';

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
