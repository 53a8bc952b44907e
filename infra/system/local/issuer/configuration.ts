import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  type ClientMetadata,
  type Configuration,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
  type Provider,
  type ResourceServer,
} from 'oidc-provider';
import { accountOf } from './accounts.ts';
import { AUDIENCE, CLIENT_ID } from './client.ts';
import { Memory } from './memory.ts';
import { errorPage, pageHeaders, signOutPage } from './pages.ts';

/** The names of this machine to itself. */
const HOSTS = ['127.0.0.1', 'localhost'];
/** Where the pages are sent back to, whatever their port (RFC 8252, section 7.3). */
const RETURNS = HOSTS.map((host) => `http://${host}/sign-in`);
const WORKDAY_SECONDS = 8 * 60 * 60;

/** The pages, as a client of the issuer. */
const PAGES: ClientMetadata = {
  client_id: CLIENT_ID,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: RETURNS,
  post_logout_redirect_uris: RETURNS,
  id_token_signed_response_alg: 'ES256',
};

export interface ConfigurationOptions {
  /** How long an access token is valid. */
  readonly tokenSeconds: number;
  /** The provider that has this configuration. */
  readonly provider: () => Provider;
}

/** An OpenID provider (https://openid.net/specs/openid-connect-core-1_0.html) with keys of its own. */
export function configurationFor({ tokenSeconds, provider }: ConfigurationOptions): Configuration {
  return {
    adapter: Memory,
    clients: [PAGES],
    // A page of another machine cannot have been sent back to, so it has no code to redeem.
    clientBasedCORS: (_context, origin) => URL.canParse(origin) && HOSTS.includes(new URL(origin).hostname),
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'offline_access'],
    findAccount: (_context, name) => {
      const account = accountOf(name);
      return account && { accountId: name, claims: () => ({ sub: name, name }) };
    },
    extraTokenClaims: (_context, token) => {
      const account = 'accountId' in token ? accountOf(token.accountId) : undefined;
      return { roles: account ? [account.role] : [] };
    },
    loadExistingGrant: (context) => grantFor(context, provider()),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    interactions: { policy: withoutConsent(), url: (_context, { uid }) => `/sign-in/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, signOutPage(form)),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => graph(tokenSeconds),
      },
    },
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      IdToken: tokenSeconds,
      Interaction: 60 * 60,
      Grant: WORKDAY_SECONDS,
      RefreshToken: WORKDAY_SECONDS,
      Session: WORKDAY_SECONDS,
    },
    renderError: (context, { error_description: description, error }) =>
      show(context, errorPage(description ?? error)),
  };
}

/** The pages are the system's own: nobody has to consent to what they ask for. */
function withoutConsent() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

/** What access tokens are for. */
const graph = (accessTokenTTL: number): ResourceServer => ({
  scope: '',
  audience: AUDIENCE,
  accessTokenFormat: 'jwt',
  accessTokenTTL,
  jwt: { sign: { alg: 'ES256' } },
});

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('hex');
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid };
}

/** What the account that is signed in grants the client: all that it asks for. */
async function grantFor({ oidc: { client, session, account } }: KoaContextWithOIDC, { Grant }: Provider) {
  if (!(client && session && account)) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant =
    (known && (await Grant.find(known))) ||
    new Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope('openid profile offline_access');
  grant.addResourceScope(AUDIENCE, 'openid');
  await grant.save();
  return grant;
}

function show(context: KoaContextWithOIDC, html: string): void {
  context.set({ ...pageHeaders });
  context.body = html;
}
