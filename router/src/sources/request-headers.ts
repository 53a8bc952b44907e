import { CALLER_HEADER } from '@airline/service/server';
import { FIELD_VALUE } from '../http-client/field.ts';
import type { FetchContext } from './subgraph-request.ts';

/** Remaining milliseconds until nobody waits for the response any longer, so that the subgraph may stop, too. */
const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** Of a request that may arrive twice (draft-ietf-httpapi-idempotency-key-header); a string, in its quotes. */
const KEY_HEADER = 'idempotency-key';

const VALUE = new RegExp(`^${FIELD_VALUE}$`);

/** A client's header would not be one of HTTP. */
export class InvalidHeader extends Error {
  override readonly name = 'InvalidHeader';
}

/** The lines that all fetches from a URL begin with. */
export const requestStart = ({ host, pathname, search }: URL): string =>
  `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\ncontent-type: application/json\r\naccept: application/json\r\n`;

/**
 * The lines of a fetch's own headers.
 *
 * @param caller the token that tells on whose behalf it is, for subgraphs that require one
 * @throws InvalidHeader
 */
export function requestHeaders(
  forwarded: FetchContext['forwarded'],
  traceparent: string | undefined,
  remainingMs: number,
  caller: string | undefined,
  idempotencyKey: string | undefined,
): string {
  let lines = line(TIMEOUT_HEADER, String(Math.max(1, Math.ceil(remainingMs))));
  if (caller !== undefined) lines += line(CALLER_HEADER, caller);
  if (idempotencyKey !== undefined) lines += line(KEY_HEADER, `"${idempotencyKey}"`);
  // This fetch is the parent of the subgraph's spans; without traces, what the client has sent.
  if (traceparent !== undefined) lines += line('traceparent', traceparent);
  for (const name of Object.keys(forwarded)) {
    const value = forwarded[name];
    const isReplaced = name === 'traceparent' && traceparent !== undefined;
    if (value !== undefined && !isReplaced) lines += line(name, value);
  }
  return lines;
}

function line(name: string, value: string): string {
  if (!VALUE.test(value))
    throw new InvalidHeader(`The header ${name} has characters that HTTP does not allow.`);
  return `${name}: ${value}\r\n`;
}
