import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

export interface KeySetOptions {
  readonly issuer: string | undefined;
  /** Default: what the issuer's OpenID Connect Discovery document names. */
  readonly jwksUrl: string | undefined;
  /** How long a set is used without being fetched again. */
  readonly cacheSeconds: number;
  /** In ms since 1970. */
  readonly now: () => number;
  /** Called with the reason when the set cannot be fetched. */
  readonly failed: (error: unknown) => void;
}

/** Keys by a token's header; the same object until other keys have been fetched. */
export type Keys = JWTVerifyGetKey;

/** A JSON Web Key Set (RFC 7517) somewhere else. */
export interface KeySet {
  /** The keys, unless they have to be fetched first. Once half their time is over they are fetched again meanwhile. */
  current(): Keys | undefined;
  /** @throws KeysUnavailable */
  load(): Promise<Keys>;
  /**
   * The keys as they are now, for a token whose key is not among `current`. They are fetched every five seconds at most,
   * as anyone can name a key that does not exist.
   *
   * @throws KeysUnavailable
   */
  reload(): Promise<Keys>;
}

/** The one key of a secret (HS256), which never changes. */
export function sharedSecret(secret: string): KeySet {
  const key = new TextEncoder().encode(secret);
  const keys: Keys = () => key;
  return { current: () => keys, load: async () => keys, reload: async () => keys };
}

/** The keys cannot be fetched, so no token can be judged. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';
}

const TIMEOUT_MS = 5_000;
/** How soon the keys are fetched again for an unknown one, and after a failure. */
const UNKNOWN_KEY_MS = 5_000;
const FAILURE_MS = 1_000;

/** A key that is removed there is not used for longer than the cache time here, also while the set cannot be fetched. */
export function createKeySet(options: KeySetOptions): KeySet {
  const { now, failed } = options;
  const cacheMs = options.cacheSeconds * 1000;
  let fetched: { readonly text: string; readonly keys: Keys } | undefined;
  // When what is known was true at the latest, and when that was asked for.
  let knownAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let pending: Promise<Keys> | undefined;

  async function read(): Promise<Keys> {
    const begun = now();
    askedAt = begun;
    try {
      const text = JSON.stringify(await fetchJson(options.jwksUrl ?? (await discover(options.issuer))));
      if (fetched?.text !== text) fetched = { text, keys: createLocalJWKSet(JSON.parse(text)) };
      knownAt = begun;
      failure = undefined;
      return fetched.keys;
    } catch (error) {
      failure = error;
      failed(error);
      throw new KeysUnavailable('The key set cannot be fetched.', { cause: error });
    } finally {
      pending = undefined;
    }
  }

  function fetchAgain(): Promise<Keys> {
    pending ??= read();
    return pending;
  }

  function refuseFailed(): void {
    const isRecent = pending === undefined && now() - askedAt < FAILURE_MS;
    if (failure !== undefined && isRecent) {
      throw new KeysUnavailable('The key set could not be fetched just now.', { cause: failure });
    }
  }

  function current(): Keys | undefined {
    const age = now() - knownAt;
    if (age >= cacheMs) return undefined;
    const isDue = age >= cacheMs / 2 && (failure === undefined || now() - askedAt >= FAILURE_MS);
    if (isDue && pending === undefined) fetchAgain().catch(() => {});
    return fetched?.keys;
  }

  return {
    current,
    load: async () => {
      refuseFailed();
      return await fetchAgain();
    },
    reload: async () => {
      refuseFailed();
      const isSettled = pending === undefined && failure === undefined;
      const isRecent = isSettled && now() - askedAt < UNKNOWN_KEY_MS;
      return fetched && isRecent ? fetched.keys : await fetchAgain();
    },
  };
}

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** The `jwks_uri` of OpenID Connect Discovery 1.0, section 4, whose document must be the issuer's own. */
async function discover(issuer = ''): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri } = discovered.parse(await fetchJson(url));
  if (named !== issuer) throw new Error(`${url} is of another issuer than JWT_ISSUER.`);
  return jwks_uri;
}

async function fetchJson(url: string): Promise<unknown> {
  const headers = { accept: 'application/jwk-set+json, application/json' };
  const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} responded with ${response.status}.`);
  return await response.json();
}
