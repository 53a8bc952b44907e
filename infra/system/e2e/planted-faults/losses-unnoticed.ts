import type * as losses from '@airline/messaging/redis/lost-entries';

export * from '@airline/messaging/redis/lost-entries';

/** What somebody else removed from a stream is not read again. */
export const removeIfEntriesAreLost: typeof losses.removeIfEntriesAreLost = async () => ({
  needed: 0,
  lost: undefined,
});
