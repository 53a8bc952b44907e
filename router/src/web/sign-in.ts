import type { RouterConfig } from '../config.ts';

/** What the pages have to know to sign people in by OpenID Connect. */
export interface SignIn {
  /** Nobody has to sign in: everybody may do everything. */
  readonly open: boolean;
  /** The URL of the issuer; null where there is none at which a page can ask for tokens. */
  readonly issuer: string | null;
  readonly clientId: string;
  readonly scope: string;
  /** What tokens have to be for. */
  readonly audience: string | null;
  /** Where the claims of an access token have roles, such as `realm_access.roles`. */
  readonly rolesClaim: string;
}

/** Tokens that a shared secret signs come from elsewhere, whatever issuer they name. */
export function signInOf({ jwt, signIn }: Pick<RouterConfig, 'jwt' | 'signIn'>): SignIn {
  return {
    open: jwt === undefined,
    issuer: jwt?.secret === undefined ? (jwt?.issuer ?? null) : null,
    ...signIn,
    audience: jwt?.audience ?? null,
    rolesClaim: jwt?.rolesClaim ?? 'roles',
  };
}
