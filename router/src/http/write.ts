import { errorBody } from '@airline/service/server';
import type { Refused } from '../refusal.ts';
import { writeAtTurnEnd } from '../turn-end.ts';
import type { Exchange } from './exchange.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** When to try again (RFC 9110 10.2.3): what is shed finds room as soon as a moment's load has passed. */
const RETRY_SECONDS = 1;

/** A single response. */
export interface Writing {
  readonly status: number;
  /** The content-type header. */
  readonly type: string;
  readonly body: string | Buffer;
  /** The cache-control header; `no-store` by default. */
  readonly caching?: string;
  /** For a status of 429 or 503; default 1. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Writes head and body at once. Node sends a string with its head in one packet. */
export function write({ response, id, health }: Exchange, writing: Writing): void {
  const { status, type, body, caching = 'no-store', retryAfterSeconds = RETRY_SECONDS } = writing;
  const bytes = Buffer.byteLength(body);
  const head = ['content-type', type, 'content-length', String(bytes)];
  head.push('cache-control', caching, 'x-request-id', id, 'x-content-type-options', 'nosniff');
  // RFC 9110 requires these two of every response with such a status.
  if (status === 401) head.push('www-authenticate', 'Bearer');
  if (status === 405 && !response.hasHeader('allow')) head.push('allow', 'POST');
  if (status === 429 || status === 503) head.push('retry-after', String(retryAfterSeconds));
  if (health.isShuttingDown) head.push('connection', 'close');
  response.writeHead(status, head);
  // ASCII, as it is most often, needs no conversion.
  const encoding = bytes === body.length ? 'latin1' : 'utf8';
  writeAtTurnEnd(() => response.end(body, encoding));
}

/** Responds with the errors of a request that is refused. @param type the content-type header */
export function writeRefused(
  exchange: Exchange,
  { status, errors, retryAfterSeconds }: Refused,
  type = JSON_TYPE,
): void {
  write(exchange, { status, type, body: JSON.stringify({ errors }), retryAfterSeconds });
}

/** Responds to what was refused or failed before GraphQL. */
export function writeError(
  exchange: Exchange,
  error: { readonly status: number; readonly code: string; readonly message: string },
): void {
  write(exchange, { status: error.status, type: JSON_TYPE, body: errorBody(error) });
}
