import * as appending from '@airline/messaging/redis/append';

export * from '@airline/messaging/redis/append';

/** The ids of a stream's entries are Redis's own, which no relay knows. */
export const append: typeof appending.append = async (redis, stream, expected, entries) => {
  const { seq } = await appending.endOf(redis, stream);
  if (seq !== expected) return seq;
  for (const { event } of entries) await redis.xAdd(stream, '*', { event });
  return entries.at(-1)?.seq ?? expected;
};
