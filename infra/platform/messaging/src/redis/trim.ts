import type { PublishOptions } from '../transport.ts';
import type { Redis } from './client.ts';
import { seqOf } from './entry.ts';
import { isMissing } from './error-reply.ts';

/** The name under which a log stores up to where its stream was trimmed. */
export const TRIMMED = 'redis:trimmed';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Trims what every expected group has acknowledged and what is older than a day. How far is stored first: a stream that
 * is lost is filled again from there, not from the beginning.
 */
export async function trim(redis: Redis, { stream, log, groups }: PublishOptions, now: Date): Promise<void> {
  const needed = await firstNeeded(redis, stream, groups);
  if (needed === undefined) return;
  const upTo = Math.min(needed - 1, await log.lastBefore(new Date(now.getTime() - DAY_MS)));
  if (upTo <= (await log.position(TRIMMED))) return;
  await log.advance(TRIMMED, upTo);
  await redis.xTrim(stream, 'MINID', `${upTo + 1}-0`, { strategyModifier: '~' });
}

/** The first entry that a group has yet to acknowledge; undefined while an expected group is missing. */
async function firstNeeded(
  redis: Redis,
  stream: string,
  expected: readonly string[],
): Promise<number | undefined> {
  const groups = await redis.xInfoGroups(stream).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  let needed = Number.POSITIVE_INFINITY;
  for (const name of expected) {
    const group = groups.find((candidate) => candidate.name === name);
    if (!group) return undefined;
    const { firstId } = await redis.xPending(stream, name);
    needed = Math.min(needed, firstId ? seqOf(firstId) : seqOf(group['last-delivered-id']) + 1);
  }
  return needed;
}
