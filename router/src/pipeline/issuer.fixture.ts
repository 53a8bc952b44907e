import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { onTestFinished } from 'vitest';
import { readConfig } from '../config.ts';
import { type AuthoriseOptions, createAuthorise, type TrustedIssuer } from './authorise.ts';

const START = Date.UTC(2030, 0, 1);
export const AUDIENCE = 'airline';

export const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A key pair of an issuer. */
export async function createKey(kid: string | undefined, alg = 'RS256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), ...(kid !== undefined && { kid }), alg, use: 'sig' };
  const sign = (claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }), ...header })
      .sign(privateKey);
  return { kid, alg, jwk, privateKey, sign };
}

export type Key = Awaited<ReturnType<typeof createKey>>;

/** An OpenID Connect issuer with a key set, and a router's authoriser that trusts it, whose clock stands until it is put forward. */
export async function startIssuer(options: Partial<TrustedIssuer> = {}) {
  const key = await createKey('first');
  const state = {
    keys: [key.jwk],
    /** What a fault of it sends: nothing, or a response that is no key set. */
    fault: undefined as undefined | 'closed' | { readonly status: number; readonly body: string },
    discovery: {} as object,
  };
  const fetched: string[] = [];
  let now = START;
  const server = createServer((request, response) => {
    const { url = '' } = request;
    fetched.push(url);
    const { fault } = state;
    if (fault === 'closed') request.socket.destroy();
    else if (fault) response.writeHead(fault.status).end(fault.body);
    else if (url === '/jwks') response.end(JSON.stringify({ keys: state.keys }));
    else if (url === '/.well-known/openid-configuration')
      response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks`, ...state.discovery }));
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // It listens on TCP, so its address is no path of a socket.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { jwt } = readConfig({ JWT_ISSUER: issuer, JWT_AUDIENCE: AUDIENCE, SUBGRAPH_SECRET: 's'.repeat(32) });
  if (!jwt) throw new Error('JWT_ISSUER configures an issuer.');
  const failures: unknown[] = [];
  const shared: AuthoriseOptions = {
    trusted: { ...jwt, ...options },
    now: () => now,
    failed: (error) => failures.push(error),
  };
  const decide = createAuthorise(shared);
  const seconds = () => now / 1000;
  const good = (): JWTPayload => ({ iss: issuer, aud: AUDIENCE, sub: 'kim', exp: seconds() + 3_600 });
  return {
    issuer,
    key,
    state,
    /** The paths that were asked for. */
    fetched,
    failures,
    seconds,
    /** The claims of a valid token. */
    good,
    authorise: async (authorization: string | undefined) => await decide(authorization),
    bearer: async (claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, by: Key = key) =>
      `Bearer ${await by.sign({ ...good(), ...claims }, header)}`,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
