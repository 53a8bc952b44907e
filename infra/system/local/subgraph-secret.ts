import { randomBytes } from 'node:crypto';

/** Any of these names an issuer, by whose tokens the router knows its callers. */
export const issuerVariables = ['JWT_SECRET', 'JWKS_URL', 'JWT_ISSUER'] as const;

/**
 * The environment of a system that is started as a whole. Where callers are known, its subgraphs take requests from its router
 * alone, by a secret that is made for this start; without an issuer the system is open.
 */
export function withSubgraphSecret<Env extends Readonly<Record<string, string | undefined>>>(env: Env) {
  if (!issuerVariables.some((name) => env[name])) return env;
  return { SUBGRAPH_SECRET: randomBytes(32).toString('base64url'), ...env };
}
