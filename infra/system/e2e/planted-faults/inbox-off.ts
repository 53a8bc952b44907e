import { randomUUID } from 'node:crypto';
import * as database from '@airline/database';

export * from '@airline/database';

/** Events that are delivered again are handled again. */
export const createPostgresStore: typeof database.createPostgresStore = (options) => {
  const store = database.createPostgresStore(options);
  return {
    ...store,
    handle: async (message, reaction) =>
      (await store.handle(message, reaction)) ||
      (await store.handle({ ...message, eventId: randomUUID() }, reaction)),
  };
};
