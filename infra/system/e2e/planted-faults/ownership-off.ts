import type * as callers from '@airline/service/caller';

export * from '@airline/service/caller';

/** Customers read what is another's. */
export const readableCustomer: typeof callers.readableCustomer = () => undefined;
export const mayRead: typeof callers.mayRead = () => true;
