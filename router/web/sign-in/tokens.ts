import type { Who } from './who.ts';

/** What the issuer has given. */
export interface Tokens {
  readonly access: string;
  /** Undefined where the issuer gives none: then there is no renewal. */
  readonly refresh: string | undefined;
  /** Of the access token, by this browser's clock; in ms since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly who: Who;
}

/** A sign-in that has begun: what its end is checked against, and where it leads back to. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** A path of this origin. */
  readonly place: string;
}

const TOKENS = 'airline-tokens';
const BEGUN = 'airline-sign-in';
const PLACE = 'airline-place';

/**
 * What outlives a page in its tab. `sessionStorage` is this origin's and this tab's: no other site reads it, nothing sends
 * it, and it ends with the tab.
 */
export const kept = {
  tokens: () => read<Tokens>(TOKENS),
  keepTokens: (tokens: Tokens | undefined) => write(TOKENS, tokens),
  keepBegun: (begun: Begun) => write(BEGUN, begun),
  /** Once only: a second response to the same request is none. */
  takeBegun: () => take<Begun>(BEGUN),
  keepPlace: (place: string) => write(PLACE, place),
  takePlace: () => take<string>(PLACE),
};

function read<T>(name: string): T | undefined {
  const text = sessionStorage.getItem(name);
  // This page has written it.
  return text === null ? undefined : (JSON.parse(text) as T);
}

function write(name: string, value: unknown): void {
  if (value === undefined) sessionStorage.removeItem(name);
  else sessionStorage.setItem(name, JSON.stringify(value));
}

function take<T>(name: string): T | undefined {
  const value = read<T>(name);
  write(name, undefined);
  return value;
}
