import type { GraphQLFormattedError } from 'graphql';
import type { Refused } from '../refusal.ts';
import type { OperationResult } from '../request.ts';

/** `extensions.code` of the error with which the router ends or refuses a subscription, and what it means. */
export const subscriptionCodes = {
  /** The reader was too slow. What waited for it was dropped: subscribe again from the last cursor. */
  SLOW_CONSUMER: 'SLOW_CONSUMER',
  /** A new supergraph no longer knows what was selected: subscribe again with another operation. */
  SUBSCRIPTION_SCHEMA_INVALIDATED: 'SUBSCRIPTION_SCHEMA_INVALIDATED',
  /** Refused: too many subscriptions of this connection, of this user or in all. */
  SUBSCRIPTION_LIMIT_EXCEEDED: 'SUBSCRIPTION_LIMIT_EXCEEDED',
  /** The credentials expired; nothing is delivered after that moment. Subscribe again with new ones, from the last cursor. */
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  /** The router shuts down: subscribe again, from the last cursor. */
  SERVER_SHUTTING_DOWN: 'SERVER_SHUTTING_DOWN',
  /** A fault of the router. */
  INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
} as const;
export type SubscriptionCode = keyof typeof subscriptionCodes;

const failure = (code: SubscriptionCode, message: string): { readonly errors: GraphQLFormattedError[] } => ({
  errors: [{ message, extensions: { code } }],
});

export const slowConsumer: OperationResult = failure(
  'SLOW_CONSUMER',
  'Results came faster than the client read them. Read faster, and subscribe again from the last cursor.',
);

export const tokenExpired = failure(
  'UNAUTHENTICATED',
  'The token expired. Subscribe again with a new one, from the last cursor.',
);

/** Of credentials with which something is asked for, rather than those of a subscription that lasts. */
export const requestExpired = failure(
  'UNAUTHENTICATED',
  'The token expired. Send the request again with a new one.',
);

export const shuttingDown = failure(
  'SERVER_SHUTTING_DOWN',
  'The router is shutting down. Subscribe again, from the last cursor.',
);

export const internalError = failure('INTERNAL_SERVER_ERROR', 'Internal server error');

/** @param errors why the operation is no longer valid */
export function schemaInvalidated(errors: readonly GraphQLFormattedError[]): OperationResult {
  const reasons = errors.map(({ message }) => message).join(' ');
  return failure(
    'SUBSCRIPTION_SCHEMA_INVALIDATED',
    `The schema has changed, and this subscription is no longer valid. ${reasons}`.trimEnd(),
  );
}

/** One event would be executed for each of a client's subscriptions that differ: that costs too much. */
export function costExceeded(limit: number): Refused {
  const message = `The different subscriptions of a client may cost ${limit} for each event. End one before you start another, or select less in each.`;
  return { status: 429, ...failure('SUBSCRIPTION_LIMIT_EXCEEDED', message) };
}

/** What a client's subscriptions that differ take of the memory. */
export const weightExceeded: Refused = {
  status: 429,
  ...failure(
    'SUBSCRIPTION_LIMIT_EXCEEDED',
    'The different subscriptions of this client take too much memory. End one before you start another, or send less in each.',
  ),
};

/** @param whose the owner of the subscriptions, such as "A connection" */
export function limitExceeded(whose: string, limit: number): Refused {
  const message = `${whose} may have ${limit} subscriptions at a time. End one before you start another.`;
  return { status: 429, ...failure('SUBSCRIPTION_LIMIT_EXCEEDED', message) };
}
