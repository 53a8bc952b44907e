import type { Authority, Client } from '../request.ts';
import type { Authorise } from './authorise.ts';
import { isRefused, type Refused } from './refusal.ts';

/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @param id the request's, or the connection's where operations share one */
export type Identify = (headers: Headers, id: string) => Client | Refused | Promise<Client | Refused>;

/** What subgraphs see of a request, beside its id. */
const FORWARDED = ['traceparent', 'tracestate', 'authorization'];

/** Identifies the client, and what of its request the subgraphs see. */
export function createIdentify(authorise: Authorise): Identify {
  return (headers, id) => {
    const forwarded: Record<string, string> = { 'x-request-id': id };
    for (const name of FORWARDED) {
      const value = headers[name];
      if (typeof value === 'string') forwarded[name] = value;
    }
    const withAuthority = (authority: Authority | Refused) =>
      isRefused(authority) ? authority : { authority, forwarded };
    const authority = authorise(forwarded.authorization);
    return authority instanceof Promise ? authority.then(withAuthority) : withAuthority(authority);
  };
}
