import { StartError } from '@airline/service/server';
import * as oauth from 'oauth4webapi';
import { NAME_RULE } from './accounts.ts';
import { CLIENT_ID } from './client.ts';

const client: oauth.Client = { client_id: CLIENT_ID };
/** Nobody has to listen there: the code is taken from the address. */
const REDIRECT_URI = 'http://127.0.0.1/sign-in';
// The issuer for trying is on this machine.
const insecure = { [oauth.allowInsecureRequests]: true };

/**
 * Signs in at the issuer for trying as a browser does, by authorization code with PKCE (RFC 7636).
 * @returns an access token
 * @throws StartError when the issuer does not let them in; Error when it does not respond
 */
export async function signInAs(account: string, issuerUrl: string): Promise<string> {
  const issuer = new URL(issuerUrl);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  if (!server.authorization_endpoint) throw new Error(`${issuerUrl} has no authorization endpoint`);
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const asked = new URL(server.authorization_endpoint);
  asked.search = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();

  const follow = createFollow();
  const form = await follow(asked);
  const submitted = await follow(form, new URLSearchParams({ account }));
  const returned = await follow(submitted);
  const parameters = oauth.validateAuthResponse(server, client, returned, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    REDIRECT_URI,
    verifier,
    insecure,
  );
  return (await oauth.processAuthorizationCodeResponse(server, client, response)).access_token;
}

/** Requests an address, with the cookies so far, and returns where it leads. */
function createFollow() {
  const cookies = new Map<string, string>();
  return async (url: URL, body?: URLSearchParams): Promise<URL> => {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map((cookie) => cookie.join('=')).join('; ') },
      ...(body && { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new StartError(
        `The issuer lets nobody in by this name (status ${response.status}). ${NAME_RULE}`,
      );
    return new URL(location, url);
  };
}
