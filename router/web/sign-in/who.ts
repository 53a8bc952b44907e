/** The roles that the graph knows (infra/platform/service/src/identity/caller.ts). */
const roles = ['customer', 'staff', 'operator'] as const;
export type Role = (typeof roles)[number];

/** Who has signed in, as the router will take them. */
export interface Who {
  /** Of a customer, the `customerId` of their reservations. */
  readonly subject: string;
  /** For people. */
  readonly name: string;
  readonly roles: readonly Role[];
}

type Claims = Readonly<Record<string, unknown>>;

/**
 * The caller that the router will see in an access token, by the same rules (router/src/pipeline/claims.ts). The page
 * decides by it only what it offers.
 * @param idClaims of the ID token, whose name is for people
 */
export function whoOf(accessToken: string, idClaims: Claims, rolesClaim: string): Who {
  const claims = claimsOf(accessToken) ?? idClaims;
  const claimed = textsOf(claimAt(claims, rolesClaim));
  const known = roles.filter((role) => claimed.includes(role));
  const subject = String(claims.sub ?? idClaims.sub);
  const name = [idClaims.name, idClaims.preferred_username].find((each) => typeof each === 'string');
  return {
    subject,
    name: typeof name === 'string' ? name : subject,
    roles: known.length === 0 ? ['customer'] : known,
  };
}

/** The claims of a JSON Web Token; undefined for a token of another form. Whether it is valid is for the router to say. */
export function claimsOf(token: string): Claims | undefined {
  try {
    const bytes = Uint8Array.from(atob(unpadded(token.split('.')[1] ?? '')), (sign) => sign.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** Base64url as what `atob` reads. */
const unpadded = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');

/** Names of claims may have dots themselves, such as `https://airline.example/roles`. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  const dot = path.indexOf('.');
  const nested = dot === -1 ? undefined : claimAt(claims, path.slice(0, dot));
  return isRecord(nested) ? claimAt(nested, path.slice(dot + 1)) : undefined;
}

function textsOf(claim: unknown): readonly unknown[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim : [];
}

const isRecord = (value: unknown): value is Claims => typeof value === 'object' && value !== null;
