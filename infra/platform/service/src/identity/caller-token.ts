import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Caller, callerText, forReads } from './caller.ts';

/** The header, and the extension of a `subscribe` message, by which the router tells a subgraph on whose behalf it asks. */
export const CALLER_HEADER = 'x-caller';

/** How long a token is good for at most, and by how much the clocks of two machines may differ. */
const LIFETIME_SECONDS = 30;
const SKEW_SECONDS = 5;
/** Tokens expire at multiples of this, so that what all of a caller's have in common is signed once within it. */
const STEP_SECONDS = 5;
/** A header of Node's servers may be longer; nothing else is looked at. */
const MAX_LENGTH = 8 * 1024;
/** Keeps what is signed here apart from anything else that is signed with the same secret. */
const PURPOSE = 'airline caller';

/** caller.expiry.signature.mac, each but the expiry in base64url (RFC 4648, section 5); the mac is that of the request's text. */
const TOKEN = /^([\w-]+)\.(\d{1,12})\.([\w-]{43})\.([\w-]{43})$/;

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
 * Signs requests from the router to subgraphs: on whose behalf, to which subgraph, until when and what they ask for. The first
 * three are signed by HMAC-SHA-512 (RFC 2104), whose second half is shown to nobody: it is the key for the texts of the requests
 * that have these in common. A token holds no more of a caller than what the request may depend on.
 */
export function createSignCaller({ secret, now }: TokenOptions): SignCaller {
  const key = createSecretKey(secret, 'utf8');
  const headOf = heads(key, (caller) => caller);
  const headForReads = heads(key, forReads);
  return (subgraph, { caller, kind, text, expiresAt = Number.POSITIVE_INFINITY }) => {
    const inSteps = Math.floor(now() / 1000 / STEP_SECONDS) * STEP_SECONDS + LIFETIME_SECONDS;
    const expiry = Math.min(inSteps, Math.floor(expiresAt / 1000));
    const head = (kind === 'mutation' ? headOf : headForReads)(caller, subgraph, expiry);
    return `${head.text}.${macOf(head.key, text)}`;
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
    const [, encoded, expiry, signature, mac] = TOKEN.exec(token) ?? [];
    if (encoded === undefined || signature === undefined || mac === undefined) return undefined;
    const signed = sign(key, subgraph, `${encoded}.${expiry}`);
    if (!isSame(signature, signed.signature) || (Number(expiry) + SKEW_SECONDS) * 1000 <= now())
      return undefined;
    // The router has written it.
    const caller = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Caller;
    return { caller, covers: (text) => isSame(mac, macOf(signed.key, text)) };
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

/** What the tokens of one caller for one subgraph have in common until they expire. */
interface Head {
  readonly expiry: number;
  readonly text: string;
  readonly key: string;
}

/** An authority has one caller for all of its requests. */
function heads(key: KeyObject, partOf: (caller: Caller) => Caller) {
  const known = new WeakMap<Caller, { readonly encoded: string; readonly bySubgraph: Map<string, Head> }>();
  return (caller: Caller, subgraph: string, expiry: number): Head => {
    let heads = known.get(caller);
    if (heads === undefined) {
      const encoded = Buffer.from(callerText(partOf(caller))).toString('base64url');
      heads = { encoded, bySubgraph: new Map() };
      known.set(caller, heads);
    }
    const last = heads.bySubgraph.get(subgraph);
    if (last?.expiry === expiry) return last;
    const content = `${heads.encoded}.${expiry}`;
    const signed = sign(key, subgraph, content);
    const head = { expiry, text: `${content}.${signed.signature}`, key: signed.key };
    heads.bySubgraph.set(subgraph, head);
    return head;
  };
}

/** Both halves in base64url: 43 characters each. */
function sign(key: KeyObject, subgraph: string, content: string): { signature: string; key: string } {
  const signed = createHmac('sha512', key).update(`${PURPOSE}\n${subgraph}\n${content}`).digest();
  return { signature: signed.toString('base64url', 0, 32), key: signed.toString('base64url', 32) };
}

/**
 * The text's hash behind the key. SHA-512/256 shows half of its state, so that nobody can go on from a hash to that of a longer
 * text, for which HMAC is there with SHA-256 (Coron et al., "Merkle-Damgård Revisited", 2005, section 3.3): a fifth of its time.
 */
const macOf = (key: string, text: string | Buffer): string =>
  hash(
    'sha512-256',
    typeof text === 'string' ? key + text : Buffer.concat([Buffer.from(key), text]),
    'base64url',
  );

/** Texts are compared, of one length: what decodes to the same bytes is not the same token. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));
