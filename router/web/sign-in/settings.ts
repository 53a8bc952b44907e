/** What the router says of signing in, at `/sign-in.json` (router/src/web/sign-in.ts). */
export interface Settings {
  /** Nobody has to sign in: everybody may do everything. */
  readonly open: boolean;
  /** The URL of an OpenID provider; null where pages have none to ask. */
  readonly issuer: string | null;
  readonly clientId: string;
  readonly scope: string;
  readonly audience: string | null;
  /** Where the claims of an access token have roles, such as `realm_access.roles`. */
  readonly rolesClaim: string;
}

const WAIT_MS = 1_000;

/** Asks until the router responds: without an answer nothing may be taken as open. */
export async function loadSettings(): Promise<Settings> {
  for (;;) {
    try {
      const response = await fetch('/sign-in.json');
      // The router's own file.
      if (response.ok) return (await response.json()) as Settings;
    } catch {
      // It is away; so it is asked again.
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}
