import { EnvError, envVar } from '@airline/service/server';
import type { z } from 'zod';
import { asymmetricAlgorithms, type TrustedIssuer } from './pipeline/authorise.ts';

/** How callers become known. */
export const JWT_REMEDY = 'set JWT_ISSUER and JWT_AUDIENCE (or JWT_SECRET)';

/** The variables that say whose tokens are accepted. */
export const jwtVariables = {
  JWT_ISSUER: envVar
    .url('http', 'https')
    .optional()
    .describe('The issuer whose JSON Web Tokens are accepted, exactly as they name it.'),
  JWT_AUDIENCE: envVar.text
    .optional()
    .describe('The audience that tokens must name; required with JWT_ISSUER.'),
  JWKS_URL: envVar
    .url('http', 'https')
    .optional()
    .describe(
      'The key set that verifies tokens; default the `jwks_uri` of the issuer’s `/.well-known/openid-configuration`.',
    ),
  JWKS_CACHE_SECONDS: envVar
    .integer(1, 86_400)
    .default(300)
    .describe('How long the key set is used before it must be fetched again, and so a removed key at most.'),
  JWT_SECRET: envVar.secret
    .optional()
    .describe('The shared secret that signs tokens (HS256), in place of a key set.'),
  JWT_ALGORITHMS: envVar.text
    .optional()
    .describe(
      `The signature algorithms of a key set that are accepted, separated by commas; default \`${asymmetricAlgorithms.join(',')}\`.`,
    ),
  JWT_CLOCK_SKEW_SECONDS: envVar
    .integer(0, 300)
    .default(5)
    .describe('By how much the clocks of issuer and router may differ.'),
  JWT_ROLES_CLAIM: envVar.text
    .default('roles')
    .describe(
      'The claim that lists the roles of a caller (`customer`, `staff`, `operator`), or the path to it, such as `realm_access.roles`.',
    ),
} satisfies z.ZodRawShape;

type Variables = z.output<z.ZodObject<typeof jwtVariables>>;

/**
 * @returns undefined where no issuer is configured: the system is open
 * @throws EnvError naming the variables that are missing or contradict each other
 */
export function readJwt(variables: Variables): TrustedIssuer | undefined {
  const { JWT_SECRET: secret, JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = variables;
  const algorithms = variables.JWT_ALGORITHMS?.split(',').map((name) => name.trim());
  refuseContradictions(variables, algorithms ?? []);
  if (secret === undefined && issuer === undefined) return undefined;
  return {
    secret,
    jwksUrl,
    issuer,
    audience,
    algorithms: secret === undefined ? (algorithms ?? asymmetricAlgorithms) : ['HS256'],
    clockSkewSeconds: variables.JWT_CLOCK_SKEW_SECONDS,
    rolesClaim: variables.JWT_ROLES_CLAIM,
    keysCacheSeconds: variables.JWKS_CACHE_SECONDS,
  };
}

function refuseContradictions(variables: Variables, algorithms: readonly string[]): void {
  const { JWT_SECRET: secret, JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = variables;
  const unknown = algorithms.filter((name) => !asymmetricAlgorithms.includes(name));
  const hasKeySet = secret === undefined && (jwksUrl !== undefined || issuer !== undefined);
  const rules: readonly (readonly [boolean, string])[] = [
    [hasKeySet && issuer === undefined, 'JWT_ISSUER is not set; JWKS_URL requires it'],
    [hasKeySet && audience === undefined, 'JWT_AUDIENCE is not set; a key set requires it'],
    [
      secret !== undefined && jwksUrl !== undefined,
      'JWT_SECRET is in place of a key set; remove it or JWKS_URL',
    ],
    [
      secret !== undefined && algorithms.length > 0,
      'JWT_ALGORITHMS is for a key set; JWT_SECRET signs by HS256',
    ],
    [
      secret === undefined && !hasKeySet && audience !== undefined,
      'JWT_AUDIENCE requires JWT_ISSUER or JWT_SECRET; without them the system is open',
    ],
    [
      unknown.length > 0,
      `JWT_ALGORITHMS has ${JSON.stringify(unknown.join(','))}; expected some of ${asymmetricAlgorithms.join(', ')}`,
    ],
  ];
  const lines = rules.flatMap(([applies, line]) => (applies ? [`  ${line}`] : []));
  if (lines.length > 0) throw new EnvError(`Invalid environment variables:\n${lines.join('\n')}`);
}
