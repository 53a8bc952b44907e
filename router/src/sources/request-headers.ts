import { CALLER_HEADER } from '@airline/service/server';
import type { FetchContext } from './subgraph-client.ts';

/** Remaining milliseconds until nobody waits for the response any longer, so that the subgraph may stop, too. */
const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** Of a request that may arrive twice (draft-ietf-httpapi-idempotency-key-header); a string, in its quotes. */
const KEY_HEADER = 'idempotency-key';

/**
 * The headers of a fetch: names and values in turn.
 * @param caller the token that tells on whose behalf it is, for subgraphs that require one
 */
export function requestHeaders(
  forwarded: FetchContext['forwarded'],
  traceparent: string | undefined,
  remainingMs: number,
  caller: string | undefined,
  idempotencyKey: string | undefined,
): string[] {
  const headers = ['content-type', 'application/json', 'accept', 'application/json'];
  headers.push(TIMEOUT_HEADER, String(Math.max(1, Math.ceil(remainingMs))));
  if (caller !== undefined) headers.push(CALLER_HEADER, caller);
  if (idempotencyKey !== undefined) headers.push(KEY_HEADER, `"${idempotencyKey}"`);
  // This fetch is the parent of the subgraph's spans; without traces, what the client has sent.
  if (traceparent !== undefined) headers.push('traceparent', traceparent);
  for (const name of Object.keys(forwarded)) {
    const value = forwarded[name];
    const isReplaced = name === 'traceparent' && traceparent !== undefined;
    if (value !== undefined && !isReplaced) headers.push(name, value);
  }
  return headers;
}
