import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Caller, callerText, forReads } from './caller.ts';

/** The header, and the extension of a `subscribe` message, by which the router tells a subgraph on whose behalf it asks. */
export const CALLER_HEADER = 'x-caller';

/** How long a token is good for at most, and by how much the clocks of two machines may differ. */
const LIFETIME_SECONDS = 30;
const SKEW_SECONDS = 5;
/** A header of Node's servers may be longer; nothing else is looked at. */
const MAX_LENGTH = 8 * 1024;
/** Keeps what is signed here apart from anything else that is signed with the same secret. */
const PURPOSE = 'airline caller';

/** caller.expiry.hash.signature, each but the expiry in base64url (RFC 4648, section 5). */
const TOKEN = /^(([\w-]+)\.(\d{1,12})\.([\w-]{43}))\.([\w-]{43})$/;

export interface TokenOptions {
  /** SUBGRAPH_SECRET, which router and subgraphs share. */
  readonly secret: string;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** What a token is for. */
export interface Signed {
  readonly caller: Caller;
  /** A mutation has a caller's subject always, anything else only where it has a bearing on what is read. */
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** The request's body as it is sent, or `subscribeText`. */
  readonly text: string;
  /** When the caller's own credentials end, in ms since 1970. */
  readonly expiresAt?: number | undefined;
}

/** @returns the token that a subgraph takes for one request */
export type SignCaller = (subgraph: string, signed: Signed) => string;

/**
 * Signs requests from the router to subgraphs, in a few microseconds each: on whose behalf, to which subgraph, until when and
 * what they ask for, by HMAC-SHA-256 (RFC 2104). A token holds no more of a caller than what the request may depend on.
 */
export function createSignCaller({ secret, now }: TokenOptions): SignCaller {
  const key = createSecretKey(secret, 'utf8');
  const encodedOf = encoder((caller) => caller);
  const encodedForReads = encoder(forReads);
  return (subgraph, { caller, kind, text, expiresAt = Number.POSITIVE_INFINITY }) => {
    const encoded = kind === 'mutation' ? encodedOf(caller) : encodedForReads(caller);
    const expiry = Math.floor(Math.min(now() + LIFETIME_SECONDS * 1000, expiresAt) / 1000);
    const content = `${encoded}.${expiry}.${hashOf(text)}`;
    return `${content}.${signatureOf(key, subgraph, content)}`;
  };
}

/** A request that the router has signed, once its content has arrived. */
export interface Verified {
  readonly caller: Caller;
  /** Whether this is what was signed. */
  covers(content: string | Buffer): boolean;
}

/** @returns undefined for anything but a token that is good for this subgraph now */
export type VerifyCaller = (token: unknown) => Verified | undefined;

/** Verifies what requests to one subgraph say of their caller, before anything else of them is read. */
export function createVerifyCaller(subgraph: string, { secret, now }: TokenOptions): VerifyCaller {
  const key = createSecretKey(secret, 'utf8');
  return (token) => {
    if (typeof token !== 'string' || token.length > MAX_LENGTH) return undefined;
    const [, content, encoded, expiry, hash, signature] = TOKEN.exec(token) ?? [];
    if (content === undefined || encoded === undefined || signature === undefined) return undefined;
    // Texts are compared, of one length: what decodes to the same bytes is not the same token.
    const isSigned = timingSafeEqual(
      Buffer.from(signature),
      Buffer.from(signatureOf(key, subgraph, content)),
    );
    if (!isSigned || (Number(expiry) + SKEW_SECONDS) * 1000 <= now()) return undefined;
    // The router has written it.
    const caller = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Caller;
    return { caller, covers: (text) => hashOf(text) === hash };
  };
}

/** What is signed of a `subscribe` message. A subgraph reads the numbers of a message as JavaScript does, so these are signed. */
export function subscribeText(payload: {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}): string {
  const { query, operationName = null, variables = null } = payload;
  return JSON.stringify([query, operationName, JSON.parse(JSON.stringify(variables))]);
}

/** Callers are encoded once: an authority has one for all of its requests. */
function encoder(partOf: (caller: Caller) => Caller): (caller: Caller) => string {
  const known = new WeakMap<Caller, string>();
  return (caller) => {
    const encoded = known.get(caller);
    if (encoded !== undefined) return encoded;
    const made = Buffer.from(callerText(partOf(caller))).toString('base64url');
    known.set(caller, made);
    return made;
  };
}

const hashOf = (content: string | Buffer): string => hash('sha256', content, 'base64url');

const signatureOf = (key: KeyObject, subgraph: string, content: string): string =>
  createHmac('sha256', key).update(`${PURPOSE}\n${subgraph}\n${content}`).digest('base64url');
