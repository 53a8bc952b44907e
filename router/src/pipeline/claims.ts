import { type Caller, roles } from '@airline/service/server';
import type { JWTPayload } from 'jose';

/** In bytes of JSON, so that with any subject the caller fits into the header by which subgraphs are told. */
const MAX_SCOPES_BYTES = 4 * 1024;

/**
 * The caller that a verified token names, by its `sub`, its roles and its scopes (RFC 9068; `scp` is Entra ID's).
 *
 * @param rolesClaim the claim's name, or the path to it, such as `realm_access.roles`
 * @returns undefined for more scopes than subgraphs can be told
 */
export function callerOf(subject: string, claims: JWTPayload, rolesClaim: string): Caller | undefined {
  const claimed = textsOf(claimAt(claims, rolesClaim));
  const known = roles.filter((role) => claimed.includes(role));
  const scopes = [...new Set([...textsOf(claims.scope), ...textsOf(claims.scp)])].sort();
  if (Buffer.byteLength(JSON.stringify(scopes)) > MAX_SCOPES_BYTES) return undefined;
  return { subject, roles: known.length === 0 ? ['customer'] : known, scopes };
}

/** Names of claims may have dots themselves, such as `https://airline.example/roles`. */
function claimAt(claims: object, path: string): unknown {
  const own = Object.entries(claims).find(([name]) => name === path);
  if (own) return own[1];
  const dot = path.indexOf('.');
  const nested = dot === -1 ? undefined : claimAt(claims, path.slice(0, dot));
  return typeof nested === 'object' && nested !== null ? claimAt(nested, path.slice(dot + 1)) : undefined;
}

/** A list of texts, or one text with spaces between them. */
function textsOf(claim: unknown): readonly string[] {
  const listed = typeof claim === 'string' ? claim.split(' ') : claim;
  return Array.isArray(listed) ? listed.filter((text) => typeof text === 'string' && text !== '') : [];
}
