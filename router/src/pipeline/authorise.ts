import { anonymous, everyone } from '@airline/service/server';
import { createRemoteJWKSet, errors, type JWTVerifyOptions, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Authority, authorityOf } from '../request.ts';
import { callerOf } from './claims.ts';
import { type Refused, refuse } from './refusal.ts';

/** How tokens are verified; without a key they are handed to the subgraphs as they are. */
export interface AuthoriseOptions {
  /** For HS256. */
  readonly secret?: string | undefined;
  /** A JSON Web Key Set (RFC 7517). */
  readonly jwksUrl?: string | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** @param authorization the header of that name, or what stands for it where there are no headers */
export type Authorise = (authorization: string | undefined) => Authority | Promise<Authority | Refused>;

const MAX_VERIFIED_TOKENS = 1_000;

/**
 * Decides on whose behalf a request runs. A JSON Web Token (RFC 7519) in a Bearer header (RFC 6750) is verified where there
 * is a key for it. Any other credentials are for the subgraphs to judge: requests with the same ones may share results.
 */
export function createAuthorise({ secret, jwksUrl, issuer, audience, now }: AuthoriseOptions): Authorise {
  const verified = new LRUCache<string, Authority>({ max: MAX_VERIFIED_TOKENS });
  const keys = jwksUrl === undefined ? undefined : createRemoteJWKSet(new URL(jwksUrl));
  const shared = secret === undefined ? undefined : new TextEncoder().encode(secret);

  async function verify(authorization: string, token: string): Promise<Authority | Refused> {
    const options: JWTVerifyOptions = {
      currentDate: new Date(now()),
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
    };
    try {
      const { payload } = keys
        ? await jwtVerify(token, keys, options)
        : await jwtVerify(token, shared ?? new Uint8Array(), { ...options, algorithms: ['HS256'] });
      const { sub, exp } = payload;
      const caller = sub === undefined ? anonymous : callerOf(sub, payload, 'roles');
      const authority = {
        ...authorityOf(caller, exp === undefined ? undefined : exp * 1000),
        key: authorization,
      };
      verified.set(authorization, authority);
      return authority;
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        return refuse('UNAUTHENTICATED', 'The token has expired; send a new one.', { status: 401 });
      }
      if (isKeyFailure(error)) throw error;
      return refuse('UNAUTHENTICATED', 'The token cannot be verified; send another one.', { status: 401 });
    }
  }

  const withoutToken = authorityOf(keys === undefined && shared === undefined ? everyone : anonymous);

  return (authorization) => {
    if (authorization === undefined || authorization === '') return withoutToken;
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1];
    if (token === undefined || (keys === undefined && shared === undefined)) {
      return { ...withoutToken, key: authorization };
    }
    const known = verified.get(authorization);
    const valid = known && (known.expiresAt ?? Number.POSITIVE_INFINITY) > now();
    return valid ? known : verify(authorization, token);
  };
}

/** Whether the keys could not be fetched, so that the token could not be checked. */
function isKeyFailure(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  // What jose throws for a response that is no key set has no class of its own.
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}
