import type { Role } from '@airline/service/server';
import { SignJWT } from 'jose';
import { readConfig } from '../config.ts';

export const SECRET = 'only tests sign tokens of callers by this secret';

/** A router's configuration by which callers are known by the tokens of `authorizationOf`. */
export const { jwt: trusted } = readConfig({ JWT_SECRET: SECRET, SUBGRAPH_SECRET: SECRET });

/** The credentials of a caller, as the header has them. @param expiresAt in ms since 1970; default in an hour */
export async function authorizationOf(
  subject: string,
  roles: readonly Role[] = [],
  expiresAt = Date.now() + 3_600_000,
): Promise<string> {
  const token = new SignJWT({ sub: subject, exp: Math.floor(expiresAt / 1000), roles });
  return `Bearer ${await token.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET))}`;
}
