import type { Service } from '@airline/schema/events';
import type { Caller, Role } from '@airline/service/caller';
import { CALLER_HEADER, createSignCaller, type Signed, subscribeText } from '@airline/service/caller-token';
import { SignJWT } from 'jose';
import { type GraphQLResponse, post } from './graphql-client.ts';

/** Variables of a system under test that knows its callers by the tokens of `tokenFor`. */
export const identityEnv = {
  JWT_SECRET: 'only tests sign tokens of callers by this secret',
  SUBGRAPH_SECRET: 'only tests sign requests to subgraphs by this secret',
} as const;

/** What a token says of its caller. Without roles it is a customer's, whose `customerId` is the subject. */
export interface TokenClaims {
  readonly subject: string;
  readonly roles?: readonly Role[];
  readonly scopes?: readonly string[];
  /** In seconds from now; default an hour. */
  readonly expiresIn?: number;
}

/** A token of a caller, signed by the `JWT_SECRET` of `identityEnv` (HS256): what clients send to the router. */
export function tokenFor({
  subject,
  roles = [],
  scopes = [],
  expiresIn = 3600,
}: TokenClaims): Promise<string> {
  return new SignJWT({ roles, scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
    .sign(new TextEncoder().encode(identityEnv.JWT_SECRET));
}

/** The `authorization` header of a caller, for the router. */
export const authorizationOf = async (claims: TokenClaims) => ({
  authorization: `Bearer ${await tokenFor(claims)}`,
});

const sign = createSignCaller({ secret: identityEnv.SUBGRAPH_SECRET, now: Date.now });

/**
 * The header of a request to a subgraph whose `SUBGRAPH_SECRET` is that of `identityEnv`.
 *
 * @param kind by default the one that has the caller's subject in any case
 */
export const callerHeader = (
  subgraph: Service,
  caller: Caller,
  text: string,
  kind: Signed['kind'] = 'mutation',
): Record<string, string> => ({ [CALLER_HEADER]: sign(subgraph, { caller, kind, text }) });

/** The `extensions` of a `subscribe` message to such a subgraph. */
export const callerExtensions = (
  subgraph: Service,
  caller: Caller,
  payload: Parameters<typeof subscribeText>[0],
) => callerHeader(subgraph, caller, subscribeText(payload), 'subscription');

/** Runs one operation at such a subgraph, as the router does on behalf of a caller. */
export function signedRequest<Data = unknown>(
  { url, subgraph, caller }: { readonly url: string; readonly subgraph: Service; readonly caller: Caller },
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
) {
  const body = JSON.stringify({ query, variables });
  return post<GraphQLResponse<Data>>(url, body, { ...headers, ...callerHeader(subgraph, caller, body) });
}
