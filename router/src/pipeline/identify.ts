import { parseTraceparent } from '@airline/observability';
import type { Authority, Client } from '../request.ts';
import type { Authorise } from './authorise.ts';
import { isRefused, type Refused, refuse } from './refusal.ts';

/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @param id the request's, or the connection's where operations share one */
export type Identify = (headers: Headers, id: string) => Client | Refused | Promise<Client | Refused>;

/** What a header can hold (RFC 9110 5.5); credentials may also come in a WebSocket's message. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** As much of a `tracestate` as W3C Trace Context requires to be passed on. */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/**
 * Identifies the client, and what of its request the subgraphs see: its id, its trace and its credentials.
 * @param overridesHeader the header that turns on labels of progressive `@override`s, if one may
 */
export function createIdentify(authorise: Authorise, overridesHeader?: string): Identify {
  return (headers, id) => {
    const { authorization } = headers;
    const forwarded: Record<string, string> = { 'x-request-id': id, ...traceOf(headers) };
    if (typeof authorization === 'string') {
      if (!HEADER_VALUE.test(authorization)) return notAHeader();
      forwarded.authorization = authorization;
    }
    const withAuthority = (authority: Authority | Refused) =>
      isRefused(authority) ? authority : { authority, forwarded, ...overridesOf(headers, overridesHeader) };
    const authority = authorise(forwarded.authorization);
    return authority instanceof Promise ? authority.then(withAuthority) : withAuthority(authority);
  };
}

function overridesOf(headers: Headers, header: string | undefined): Pick<Client, 'overrides'> {
  const listed = header === undefined ? undefined : headers[header];
  return typeof listed === 'string' ? { overrides: listed.split(',').map((label) => label.trim()) } : {};
}

/** The client's trace. One that is not valid is not passed on, nor is its state, so that a new trace begins. */
function traceOf({ traceparent, tracestate }: Headers): Record<string, string> {
  if (typeof traceparent !== 'string' || !parseTraceparent(traceparent)) return {};
  const hasState = typeof tracestate === 'string' && TRACESTATE.test(tracestate);
  return hasState ? { traceparent, tracestate } : { traceparent };
}

function notAHeader(): Refused {
  return refuse('UNAUTHENTICATED', 'The authorization has characters that no header can hold.', {
    status: 401,
  });
}
