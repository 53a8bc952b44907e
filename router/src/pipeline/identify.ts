import type { IncomingMessage } from 'node:http';
import { parseTraceparent } from '@airline/observability';
import { everyone } from '@airline/service/server';
import type { AddressOf, Sent } from '../admission/address.ts';
import { isRefused, type Refused, refuse } from '../refusal.ts';
import { type Authority, type Client, OPERATOR } from '../request.ts';
import type { Authorise } from './authorise.ts';

export interface IdentifyOptions {
  readonly authorise: Authorise;
  readonly addressOf: AddressOf;
  readonly overridesHeader?: string | undefined;
}

/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * @param request whose sender it is; of a WebSocket, the one that was upgraded
 * @param id the request's, or the connection's where operations share one
 * @param headers the request's by default; what a WebSocket's client sends in their place says nothing of its address
 */
export type Identify = (
  request: Sent & Pick<IncomingMessage, 'rawHeaders'>,
  id: string,
  headers?: Headers,
) => Client | Refused | Promise<Client | Refused>;

/** As much of a `tracestate` as W3C Trace Context requires to be passed on. */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/**
 * Identifies the client, and what of its request the subgraphs see: its id and its trace. Its credentials stay here: subgraphs
 * are told who it is, by a token of the router's own.
 * @param overridesHeader the header that turns on labels of progressive `@override`s, if one may
 */
export function createIdentify(options: IdentifyOptions): Identify {
  const { authorise, addressOf, overridesHeader } = options;
  return (request, id, headers = request.headers) => {
    const { authorization } = headers;
    const forwarded: Record<string, string> = { 'x-request-id': id, ...traceOf(headers) };
    if (Array.isArray(authorization) || hasSeveral(request.rawHeaders)) return severalCredentials();
    const withAuthority = (authority: Authority | Refused) => {
      if (isRefused(authority)) return authority;
      const source = sourceOf(authority) ?? `address:${addressOf(request)}`;
      return { authority, source, forwarded, ...overridesOf(headers, overridesHeader) };
    };
    const authority = authorise(authorization);
    return authority instanceof Promise ? authority.then(withAuthority) : withAuthority(authority);
  };
}

/** Nobody is an operator in an open system: their lane is for those who are known. */
function sourceOf({ caller }: Authority): string | undefined {
  if (caller !== everyone && caller.roles.includes('operator')) return OPERATOR;
  return caller.subject === undefined ? undefined : `user:${caller.subject}`;
}

/** Node keeps the first of several headers of this name, other servers the last: a proxy may have checked either. */
function hasSeveral(rawHeaders: readonly string[]): boolean {
  const isCredential = (text: string, index: number) =>
    index % 2 === 0 && text.length === 13 && text.toLowerCase() === 'authorization';
  return rawHeaders.filter(isCredential).length > 1;
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

function severalCredentials(): Refused {
  return refuse('UNAUTHENTICATED', 'There are several credentials; send one.', { status: 401 });
}
