import { getValidatedIdTokenClaims, type TokenEndpointResponse } from 'oauth4webapi';
import type { Tokens } from './tokens.ts';
import { claimsOf, whoOf } from './who.ts';

/** For a token that does not say how long it is valid. */
const DEFAULT_SECONDS = 300;

/** The tokens of a response. @param before those that were renewed, whose parts hold that the response does not give again */
export function tokensOf(response: TokenEndpointResponse, rolesClaim: string, before?: Tokens): Tokens {
  const { access_token: access, refresh_token: refresh = before?.refresh, expires_in } = response;
  const issuedAt = Date.now();
  const { exp, iat } = claimsOf(access) ?? {};
  const lifetime = Number(exp) - Number(iat);
  const seconds = expires_in ?? (lifetime > 0 ? lifetime : DEFAULT_SECONDS);
  const idClaims = getValidatedIdTokenClaims(response) ?? {
    name: before?.who.name,
    sub: before?.who.subject,
  };
  return {
    access,
    refresh,
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
    who: whoOf(access, idClaims, rolesClaim),
  };
}
