import type { Logger } from '@airline/observability';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { coercionFault } from './coercion-fault.ts';
import { isKnownCode, outage } from './errors.ts';

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Internal details that servers and libraries add to `extensions`. */
const internalExtensions = ['stacktrace', 'exception', 'response', 'serviceName', 'service', 'http'];

/** Characters of an error's extensions as JSON. */
const longestExtensions = 4_096;

/** Characters kept of a message's start and end: graphql-js repeats a client's value in its message. */
const messageEdge = 500;

/**
 * Apollo Server's `formatError`. Errors with a known code reach the client with their message, path and extensions;
 * values that do not fit their type become BAD_USER_INPUT with the value's path as `extensions.field`. Anything else is
 * logged with its stack and masked as `Internal server error`, INTERNAL_SERVER_ERROR. No stack trace leaves. One fault may
 * be an error at each of many paths: it is logged at the first of those that are formatted in one turn.
 *
 * @param isTransient whether an error is of the surroundings, which becomes TRY_AGAIN_LATER and is logged once while it lasts
 * @param database which one it is, for people
 */
export function errorFormatter(
  logger: Logger,
  isTransient?: (error: unknown) => boolean,
  database?: string,
): FormatError {
  const isFirst = firstOfTurn();
  const isNewOutage = firstOfOutage();
  return (formatted, error) => {
    const { code } = formatted.extensions ?? {};
    const fault = error instanceof GraphQLError ? coercionFault(error, code) : undefined;
    if (fault !== undefined) {
      const extensions = {
        code: 'BAD_USER_INPUT',
        ...(fault.field === undefined ? {} : { field: fault.field }),
      };
      return { ...formatted, message: shorten(fault.message), extensions };
    }
    if (isKnownCode(code)) {
      return {
        ...formatted,
        message: shorten(formatted.message),
        extensions: publicExtensions(formatted.extensions),
      };
    }
    const err = unwrapResolverError(error);
    const place = placeOf(formatted);
    const message = err instanceof Error ? err.message : String(err);
    if (isTransient?.(err)) {
      if (isNewOutage(message))
        logger.error({ database, err, path: formatted.path }, 'database unavailable to requests');
      return { message: outage.message, ...place, extensions: { code: outage.code } };
    }
    if (isFirst(JSON.stringify([message, formatted.extensions?.serviceName])))
      logger.error({ err, path: formatted.path }, 'unexpected error in a request');
    return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}

const placeOf = ({ locations, path }: GraphQLFormattedError) => ({
  ...(locations === undefined ? {} : { locations }),
  ...(path === undefined ? {} : { path }),
});

/** Whether a key comes for the first time in this turn of the event loop, in which the errors of a response are formatted. */
function firstOfTurn(): (key: string) => boolean {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    if (seen.size === 0) queueMicrotask(() => seen.clear());
    seen.add(key);
    return true;
  };
}

/** An outage is over once no request has failed for so long. */
const OUTAGE_OVER_AFTER_MS = 60_000;

/** Reasons of outages that are remembered. */
const MOST_REASONS = 100;

/** Whether a reason comes for the first time in an outage. */
function firstOfOutage(): (reason: string) => boolean {
  const lastAt = new Map<string, number>();
  return (reason) => {
    const at = performance.now();
    const before = lastAt.get(reason);
    if (before === undefined && lastAt.size >= MOST_REASONS) lastAt.clear();
    lastAt.set(reason, at);
    return before === undefined || at - before > OUTAGE_OVER_AFTER_MS;
  };
}

function publicExtensions(extensions: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(extensions).filter(([name]) => !internalExtensions.includes(name)),
  );
}

/** What is kept of a long message: its start and its end. */
export function shorten(message: string): string {
  if (message.length <= 2 * messageEdge) return message;
  return `${message.slice(0, messageEdge)} … ${message.slice(-messageEdge)}`;
}

/** Long ones have their code alone: a response may repeat them at each path, and each subscriber gets them. */
export function shortenExtensions(extensions: Record<string, unknown>): Record<string, unknown> {
  return JSON.stringify(extensions).length > longestExtensions ? { code: extensions.code } : extensions;
}
