import { anonymous, everyone } from '@airline/service/server';
import { errors, type JWTHeaderParameters, type JWTVerifyOptions, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { requestExpired } from '../fan-out/index.ts';
import { type Refused, refuse } from '../refusal.ts';
import { type Authority, authorityOf } from '../request.ts';
import { callerOf } from './claims.ts';
import { createKeySet, type Keys, KeysUnavailable, sharedSecret } from './key-set.ts';

/** Whose tokens are accepted, and what they must say. */
export interface TrustedIssuer {
  /** Signs tokens by HS256, in place of a key set. */
  readonly secret: string | undefined;
  /** A JSON Web Key Set (RFC 7517); by default the issuer's own. */
  readonly jwksUrl: string | undefined;
  /** The `iss` of tokens. */
  readonly issuer: string | undefined;
  /** One of their `aud`. */
  readonly audience: string | undefined;
  /** The names of RFC 7518 and RFC 8037. */
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  /** The claim that lists a caller's roles, or the path to it. */
  readonly rolesClaim: string;
  /** How long keys are used without being fetched again. */
  readonly keysCacheSeconds: number;
}

/** What can sign the tokens of a key set. */
export const asymmetricAlgorithms: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

export interface AuthoriseOptions {
  /** Undefined: the system is open. */
  readonly trusted: TrustedIssuer | undefined;
  /** In ms since 1970. */
  readonly now: () => number;
  /** Called when tokens cannot be judged, with the reason. */
  readonly failed: (error: unknown) => void;
}

/** @param authorization the header of that name, or what stands for it where there are no headers */
export type Authorise = (
  authorization: string | undefined,
) => Authority | Refused | Promise<Authority | Refused>;

const MAX_VERIFIED_TOKENS = 1_000;
/** In characters. Tokens that list all groups of a person may have some thousands. */
const MAX_TOKEN_LENGTH = 8_192;
/** A credential of RFC 6750 that is a signed token in compact form (RFC 7515, section 7.1). */
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** What access tokens are called (RFC 9068, section 4); others, such as logout tokens, are for something else. */
const TYPES: readonly string[] = ['jwt', 'at+jwt'];
/** OpenID Connect Core 1.0, section 2. */
const MAX_SUBJECT_LENGTH = 255;

const notAToken = refuse(
  'UNAUTHENTICATED',
  'These credentials are no JSON Web Token: send one as "Authorization: Bearer …".',
  { status: 401 },
);
const notValid = refuse('UNAUTHENTICATED', 'The token cannot be verified; send another one.', {
  status: 401,
});
const expired: Refused = { status: 401, ...requestExpired };
const unavailable = refuse(
  'ISSUER_UNAVAILABLE',
  'Tokens cannot be verified at present, as the keys of their issuer cannot be fetched. Send this again later.',
  { status: 503 },
);

/**
 * Decides on whose behalf a request runs. A system without an issuer is open; in any other, a request without credentials is
 * anonymous, and all credentials but a JSON Web Token (RFC 7519) that is valid by RFC 8725 are refused.
 */
export function createAuthorise({ trusted, now, failed }: AuthoriseOptions): Authorise {
  if (trusted === undefined) {
    const open = authorityOf(everyone);
    return () => open;
  }
  const { clockSkewSeconds, rolesClaim } = trusted;
  const keySet =
    trusted.secret === undefined
      ? createKeySet({ ...trusted, cacheSeconds: trusted.keysCacheSeconds, now, failed })
      : sharedSecret(trusted.secret);
  const verified = new LRUCache<string, { readonly authority: Authority; readonly keys: Keys }>({
    max: MAX_VERIFIED_TOKENS,
  });
  const optionsAt = verifyOptions(trusted);
  const withoutToken = authorityOf(anonymous);

  async function authorityFrom(token: string, keys: Keys): Promise<Authority | undefined> {
    const { payload, protectedHeader } = await jwtVerify(token, keys, optionsAt(now()));
    const { sub, exp = 0 } = payload;
    if (!isAccessToken(protectedHeader) || !isSubject(sub)) return undefined;
    const caller = callerOf(sub, payload, rolesClaim);
    return caller && authorityOf(caller, (exp + clockSkewSeconds) * 1000);
  }

  async function verify(authorization: string): Promise<Authority | Refused> {
    const token = authorization.length > MAX_TOKEN_LENGTH ? undefined : BEARER.exec(authorization)?.[1];
    if (token === undefined) return notAToken;
    try {
      let keys = keySet.current() ?? (await keySet.load());
      const authority = await authorityFrom(token, keys).catch(async (error: unknown) => {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        keys = await keySet.reload();
        return await authorityFrom(token, keys);
      });
      if (!authority) return notValid;
      verified.set(authorization, { authority, keys });
      return authority;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return expired;
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid)) return notValid;
      // The set was fetched, but a key of it cannot be used.
      if (!(error instanceof KeysUnavailable)) failed(error);
      return unavailable;
    }
  }

  return (authorization) => {
    if (authorization === undefined || authorization === '') return withoutToken;
    const known = verified.get(authorization);
    // Not of keys that are no longer there.
    const isValid = known && (known.authority.expiresAt ?? 0) > now() && known.keys === keySet.current();
    return isValid ? known.authority : verify(authorization);
  };
}

function verifyOptions({ issuer, audience, algorithms, clockSkewSeconds }: TrustedIssuer) {
  const options: JWTVerifyOptions = {
    clockTolerance: clockSkewSeconds,
    algorithms: [...algorithms],
    requiredClaims: ['exp', 'sub'],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  return (now: number): JWTVerifyOptions => ({ ...options, currentDate: new Date(now) });
}

function isAccessToken({ typ }: JWTHeaderParameters): boolean {
  return (
    typ === undefined ||
    TYPES.includes(
      String(typ)
        .toLowerCase()
        .replace(/^application\//, ''),
    )
  );
}

/** A claim may be anything, whatever its type says. */
function isSubject(sub: unknown): sub is string {
  return typeof sub === 'string' && sub !== '' && sub.length <= MAX_SUBJECT_LENGTH && sub.isWellFormed();
}
