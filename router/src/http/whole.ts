import { internalError } from '@airline/service/server';
import type { OperationResult, Runnable } from '../request.ts';
import type { Accepted } from './accept.ts';
import { COMPRESSED_FROM, writeCompressed } from './compression.ts';
import type { Exchange } from './exchange.ts';
import { requestErrorStatus } from './refusing.ts';
import { resultBody } from './result-text.ts';
import { write } from './write.ts';

/** An operation's result as one response. @param cacheSeconds for how long caches may keep what anyone may read; 0: not at all */
export function writeWhole(
  exchange: Exchange,
  operation: Runnable,
  result: OperationResult,
  { type }: Accepted,
  cacheSeconds: number,
): void | Promise<void> {
  const body = resultBody(result);
  const writing = { status: statusOf(result, type), type: `${type}; charset=utf-8`, body };
  const cached = cacheSeconds > 0 && isPublic(exchange, operation, result);
  if (cached) exchange.response.appendHeader('vary', 'Accept, Authorization');
  const respondWith = body.length < COMPRESSED_FROM ? write : writeCompressed;
  return respondWith(exchange, cached ? { ...writing, caching: `public, max-age=${cacheSeconds}` } : writing);
}

/** What anyone may read, and whose reading changed nothing. The times of a plan are of one request. */
function isPublic({ request }: Exchange, { type }: Runnable, result: OperationResult): boolean {
  const { authorization, cookie } = request.headers;
  const hasCredentials = authorization !== undefined || cookie !== undefined;
  const { errors, extensions } = result;
  const isWhole = errors === undefined && extensions?.plan === undefined;
  return request.method === 'GET' && type === 'query' && !hasCredentials && isWhole;
}

/** A response without data is a request error, even if it was found as late as this, or a fault of the router. */
function statusOf({ data, errors }: OperationResult, type: Accepted['type']): number {
  if (data !== undefined) return 200;
  const isFault = errors?.some(({ extensions }) => extensions?.code === internalError.code);
  return isFault ? internalError.status : requestErrorStatus(400, type);
}
