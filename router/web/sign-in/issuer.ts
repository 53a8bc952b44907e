import * as oauth from 'oauth4webapi';
import type { Settings } from './settings.ts';
import type { Begun, Tokens } from './tokens.ts';
import { claimsOf, whoOf } from './who.ts';

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

/** For a token that does not say how long it is valid. */
const DEFAULT_SECONDS = 300;
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
  const { clientId, scope, audience, rolesClaim } = settings;
  const url = new URL(issuerUrl);
  const client: oauth.Client = { client_id: clientId };
  const options = { [oauth.allowInsecureRequests]: LOOPBACK.has(url.hostname) };
  let known: Promise<oauth.AuthorizationServer> | undefined;

  const discovered = (): Promise<oauth.AuthorizationServer> => {
    known ??= oauth
      .discoveryRequest(url, options)
      .then((response) => oauth.processDiscoveryResponse(url, response))
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };

  function tokensOf(response: oauth.TokenEndpointResponse, before?: Tokens): Tokens {
    const { access_token: access, refresh_token: refresh = before?.refresh, expires_in } = response;
    const issuedAt = Date.now();
    const { exp, iat } = claimsOf(access) ?? {};
    const lifetime = Number(exp) - Number(iat);
    const seconds = expires_in ?? (lifetime > 0 ? lifetime : DEFAULT_SECONDS);
    const idClaims = oauth.getValidatedIdTokenClaims(response) ?? {
      name: before?.who.name,
      sub: before?.who.subject,
    };
    return {
      access,
      refresh,
      issuedAt,
      expiresAt: issuedAt + seconds * 1000,
      who: whoOf(access, idClaims, rolesClaim),
    };
  }

  return {
    async begin(place) {
      const server = await discovered();
      const begun = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        place,
      };
      const asked = new URL(String(server.authorization_endpoint));
      const parameters = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope,
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        // Not of the standard, but the only way to say it at some issuers; others take no notice.
        ...(audience !== null && { audience }),
      };
      for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value);
      return { url: asked, begun };
    },

    async complete(returned, { state, nonce, verifier }) {
      const server = await discovered();
      const parameters = oauth.validateAuthResponse(server, client, returned, state);
      const none = oauth.None();
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        none,
        parameters,
        redirectUri,
        verifier,
        options,
      );
      const checks = { expectedNonce: nonce };
      return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response, checks));
    },

    async renew(tokens, refresh) {
      const server = await discovered();
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, options);
      return tokensOf(await oauth.processRefreshTokenResponse(server, client, response), tokens);
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
      const asked = new URL(endpoint);
      // By name, not by an ID token: tokens are in no URL.
      asked.searchParams.set('client_id', clientId);
      asked.searchParams.set('logout_hint', subject);
      asked.searchParams.set('post_logout_redirect_uri', redirectUri);
      return asked;
    },
  };
}
