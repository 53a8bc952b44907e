import * as oauth from 'oauth4webapi';
import type { Settings } from './settings.ts';
import type { Begun, Tokens } from './tokens.ts';
import { tokensOf } from './tokens-of.ts';

/** The OpenID provider, asked by authorization code with PKCE (RFC 7636, RFC 9700). */
export interface Issuer {
  /** Where to send the browser so that someone signs in, and what to keep until it comes back. */
  begin(place: string): Promise<{ url: URL; begun: Begun }>;
  /** @param returned the address at which the browser came back @throws Error when it is no response to what was begun */
  complete(returned: URL, begun: Begun): Promise<Tokens>;
  /** @throws Error; `isRefusal` says whether it is for good */
  renew(tokens: Tokens, refresh: string): Promise<Tokens>;
  revoke(refresh: string): Promise<void>;
  /** Where to send the browser so that they are signed out there, too; undefined where the issuer has no such thing. */
  signOutUrl(subject: string): Promise<URL | undefined>;
}

const REVOKE_TIMEOUT_MS = 2_000;
const REFUSED = new Set([400, 401, 403]);
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether the issuer has refused, so that asking again is in vain (RFC 6749, section 5.2). */
export const isRefusal = (error: unknown): boolean =>
  (error instanceof oauth.ResponseBodyError || error instanceof oauth.WWWAuthenticateChallengeError) &&
  REFUSED.has(error.status);
/** Whether whoever was to sign in has not. */
export const isCanceled = (error: unknown): boolean =>
  error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied';

export function issuerAt(issuerUrl: string, settings: Settings, redirectUri: string): Issuer {
  const url = new URL(issuerUrl);
  const client = { client_id: settings.clientId };
  const options = { [oauth.allowInsecureRequests]: LOOPBACK.has(url.hostname) };
  const discovered = discovery(url, options);

  return {
    async begin(place) {
      const server = await discovered();
      const begun = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        place,
      };
      const request = await codeRequest(settings, redirectUri, begun);
      return { url: addressOf(String(server.authorization_endpoint), request), begun };
    },

    async complete(returned, { state, nonce, verifier }) {
      const server = await discovered();
      const code = oauth.validateAuthResponse(server, client, returned, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        code,
        redirectUri,
        verifier,
        options,
      );
      const checks = { expectedNonce: nonce };
      const issued = await oauth.processAuthorizationCodeResponse(server, client, response, checks);
      return tokensOf(issued, settings.rolesClaim);
    },

    async renew(tokens, refresh) {
      const server = await discovered();
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, options);
      const issued = await oauth.processRefreshTokenResponse(server, client, response);
      return tokensOf(issued, settings.rolesClaim, tokens);
    },

    async revoke(refresh) {
      const server = await discovered();
      if (server.revocation_endpoint === undefined) return;
      const signal = AbortSignal.timeout(REVOKE_TIMEOUT_MS);
      await oauth.revocationRequest(server, client, oauth.None(), refresh, { ...options, signal });
    },

    async signOutUrl(subject) {
      const { end_session_endpoint: endpoint } = await discovered();
      if (endpoint === undefined) return undefined;
      // By name, not by an ID token: tokens are in no URL.
      const parameters = { ...client, logout_hint: subject, post_logout_redirect_uri: redirectUri };
      return addressOf(endpoint, parameters);
    },
  };
}

/** Asks the issuer for its endpoints, once it is needed, and again only where that has failed. */
function discovery(url: URL, options: oauth.DiscoveryRequestOptions) {
  let known: Promise<oauth.AuthorizationServer> | undefined;
  return (): Promise<oauth.AuthorizationServer> => {
    known ??= oauth
      .discoveryRequest(url, options)
      .then((response) => oauth.processDiscoveryResponse(url, response))
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
}

/** What asks for a code that only this browser can redeem (RFC 7636, section 4.3). */
async function codeRequest(
  { clientId, scope, audience }: Settings,
  redirectUri: string,
  { state, nonce, verifier }: Begun,
): Promise<Readonly<Record<string, string>>> {
  return {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Not of the standard, but the only way to say it at some issuers; others take no notice.
    ...(audience !== null && { audience }),
  };
}

function addressOf(endpoint: string, parameters: Readonly<Record<string, string>>): URL {
  const address = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address;
}
