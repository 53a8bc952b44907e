import type * as database from '@airline/database';

export * from '@airline/database';

/** A failure of the database or its network counts as one of the event that was being handled. */
export const isTransient: typeof database.isTransient = () => false;
