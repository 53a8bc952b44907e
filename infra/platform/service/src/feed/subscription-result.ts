import type { GraphQLFormattedError } from 'graphql';

/**
 * A result of a subgraph's subscription, as the router receives it. They come in this order:
 *
 * 1. the announcement, where the `subscribe` message asks for it by `extensions.announceCursor`: `{data: null}` without
 *    errors. Its `cursor` is where the subscription starts, and `hasState` says whether it is of one entity, so that the
 *    latest result is always that entity's state;
 * 2. with `hasState`, unless it resumes from a cursor: the state, without a cursor, if the entity exists;
 * 3. events, each with its cursor.
 */
export interface SubgraphResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: {
    readonly cursor?: string;
    readonly hasState?: boolean;
    readonly [name: string]: unknown;
  };
}

export const announcement = (cursor: string, hasState: boolean) => ({
  data: null,
  extensions: { cursor, hasState },
});

/** How far a subscription has come, by the results that it has received. */
export class SubscriptionProgress {
  /** Where to resume; undefined: subscribe anew. */
  cursor: string | undefined;
  /** Whether the latest result is a state, as announced. */
  hasState = false;

  constructor(cursor: string | undefined) {
    this.cursor = cursor;
  }

  /** @returns what the result is */
  receive({ data, errors, extensions = {} }: SubgraphResult): 'announcement' | 'state' | 'event' {
    const { cursor } = extensions;
    const isAnnouncement = data === null && !errors;
    if (isAnnouncement) this.hasState = extensions.hasState ?? false;
    // A state may hold more than was published when it was read, so nothing resumes behind it: until an event has come,
    // a subscription that has a state subscribes anew, and gets the state again.
    if (cursor !== undefined && !(isAnnouncement && this.hasState)) this.cursor = cursor;
    if (isAnnouncement) return 'announcement';
    return this.hasState && cursor === undefined ? 'state' : 'event';
  }
}
