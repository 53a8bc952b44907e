import { type Service, subgraphs } from '@airline/schema/events';
import { z } from 'zod';
import { requirePrefix } from './choice.ts';
import { EnvError, type EnvNames, parseEnvs } from './env.ts';
import type { Env } from './env-var.ts';
import { envVar } from './env-var.ts';
import { refuseOpen } from './open.ts';
import type { Secrecy } from './secret.ts';
import { serverVariables, versionOf } from './server-variables.ts';
import { telemetryConfig } from './telemetry-config.ts';

const DATABASE_URL_FORMS =
  'a path after "file:", such as file:.data/flight.sqlite, or postgres://user@host:port/database';

/** Messages never show it, as it may hold a password. */
const databaseUrl = z
  .string()
  .trim()
  .refine((text) => /^file:./.test(text) || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)), {
    error: `is invalid; expected ${DATABASE_URL_FORMS}`,
  })
  .meta({ expected: DATABASE_URL_FORMS, secret: 'url' satisfies Secrecy });

const variablesOf = (service: Service) => ({
  PORT: envVar.port.default(subgraphs[service].port).describe('The port it listens on.'),
  DB_URL: databaseUrl
    .optional()
    .describe('Its database, SQLite or PostgreSQL; default `file:$DATA_DIR/<service>.sqlite`.'),
  DB_POOL_SIZE: envVar
    .integer(2, 1000)
    .default(10)
    .describe('Maximum number of connections to PostgreSQL, per process.'),
  REPLICAS: envVar
    .integer(1, 1000)
    .default(1)
    .describe('Processes of the service; more than one require PostgreSQL and Redis.'),
  DATA_DIR: envVar.text.default('.data').describe('The folder for files without a variable of their own.'),
  REDIS_URL: envVar.redisUrl
    .optional()
    .describe('Redis, Sentinels or a Cluster; without it, the embedded transport, for one process.'),
  TAKE_OVER_AFTER_MS: envVar
    .integer(1000, 3_600_000)
    .default(30_000)
    .describe('How long an event may be pending with a replica before another claims it.'),
  ...serverVariables,
});

const prefixed = (service: Service): EnvNames => ({
  PORT: `${service.toUpperCase()}_PORT`,
  DB_URL: `${service.toUpperCase()}_DB_URL`,
});

/**
 * The schemas of all variables of a service, its own included, by their names in the environment.
 *
 * @throws Error where a choice has a variable without the prefix of the service
 */
export function serviceVariables(service: Service, own: z.ZodRawShape): z.ZodRawShape {
  requirePrefix(own, `${service.toUpperCase()}_`);
  const names = prefixed(service);
  const shared = Object.entries(variablesOf(service)).map(([key, schema]) => [names[key] ?? key, schema]);
  return { ...own, ...Object.fromEntries(shared) };
}

/** What makes the callers of a subgraph known. */
export const SECRET_REMEDY = 'set SUBGRAPH_SECRET, as the router has it';

/** The configuration that every service has. */
export type ServiceConfig = ReturnType<typeof shared>;

/**
 * Reads a service's variables, its own included. Port and database are prefixed with its name: `FLIGHT_PORT`,
 * `FLIGHT_DB_URL`. Several `REPLICAS` require PostgreSQL and Redis, which they can share. Without a secret of the router's, anyone
 * may do everything: then it listens where this machine alone reaches it, unless OPEN=true.
 *
 * @throws EnvError
 */
export function readServiceConfig<Own extends z.ZodRawShape>(
  service: Service,
  own: Own,
  env?: Env,
): ServiceConfig & z.output<z.ZodObject<Own>> {
  const schemas = [z.object(variablesOf(service)), z.object(own)] as const;
  const [variables, ownVariables] = parseEnvs(service, schemas, env, prefixed(service));
  const config = shared(service, variables);
  const { HOST: host, OPEN: open, SUBGRAPH_SECRET: secret } = variables;
  if (secret === undefined) refuseOpen({ host, open, remedy: SECRET_REMEDY });
  if (variables.REPLICAS > 1) refuseUnshared(service, variables.REPLICAS, config);
  return { ...ownVariables, ...config };
}

function shared(service: Service, variables: z.output<z.ZodObject<ReturnType<typeof variablesOf>>>) {
  return {
    host: variables.HOST,
    allowedHosts: variables.ALLOWED_HOSTS,
    port: variables.PORT,
    dataDir: variables.DATA_DIR,
    /** `file:` and a path for SQLite, or a PostgreSQL URL, which may hold a password. */
    databaseUrl: variables.DB_URL ?? `file:${variables.DATA_DIR}/${service}.sqlite`,
    databasePoolSize: variables.DB_POOL_SIZE,
    /** Undefined: the embedded transport. */
    redisUrl: variables.REDIS_URL,
    takeOverAfterMs: variables.TAKE_OVER_AFTER_MS,
    drainMs: variables.DRAIN_MS,
    logLevel: variables.LOG_LEVEL,
    /** What signs the router's requests; undefined: anyone's are taken. */
    subgraphSecret: variables.SUBGRAPH_SECRET,
    version: versionOf(variables),
    telemetry: telemetryConfig(variables),
  };
}

function refuseUnshared(service: Service, replicas: number, config: ServiceConfig): void {
  const lines = [];
  if (config.databaseUrl.startsWith('file:')) {
    lines.push(
      `${service.toUpperCase()}_DB_URL is ${config.databaseUrl}; several replicas require postgres://user@host:port/database`,
    );
  }
  if (config.redisUrl === undefined)
    lines.push('REDIS_URL is not set; several replicas require redis://host:port');
  if (lines.length === 0) return;
  const listed = lines.map((line) => `  ${line}`).join('\n');
  throw new EnvError(`Invalid environment variables for REPLICAS=${replicas}:\n${listed}`);
}
