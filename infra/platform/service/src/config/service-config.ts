import type { LogLevel } from '@airline/observability';
import { type Service, subgraphs } from '@airline/schema/events';
import { z } from 'zod';
import { EnvError, parseEnv } from './env.ts';
import { envVar } from './env-var.ts';
import { type TelemetryConfig, telemetryConfig, telemetryVariables } from './telemetry-config.ts';

export type Env = Record<string, string | undefined>;

/** What every service is told from outside. */
export interface ServiceConfig {
  readonly host: string;
  readonly port: number;
  /** Where what is not told otherwise is kept. */
  readonly dataDir: string;
  /** `file:` and a path for SQLite, or the URL of a PostgreSQL, which may hold a password. */
  readonly databaseUrl: string;
  /** Connections of this process to PostgreSQL at most; 10 unless told. */
  readonly databasePoolSize?: number;
  /** Undefined: the embedded transport. */
  readonly redisUrl: string | undefined;
  /** After how many milliseconds another replica takes what one that died had in hand. */
  readonly takeOverAfterMs: number;
  /** How long to answer on when it is told to end, until clients have let go of their connections. */
  readonly drainMs: number;
  readonly logLevel: LogLevel;
  /** What operators prove themselves with; undefined: nobody can. */
  readonly operatorToken: string | undefined;
  readonly telemetry: TelemetryConfig;
}

/** Not shown in messages, as it may hold a password. */
const databaseVar = z
  .string()
  .trim()
  .refine((text) => /^file:./.test(text) || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)), {
    error:
      'does not fit; it should be a path after "file:", such as file:.data/flight.sqlite, or postgres://user@host:port/database',
  });

/**
 * Reads a service's variables, among them its own (`extra`), with the prefix of its name: `FLIGHT_PORT`, `FLIGHT_DB_URL`.
 * `REPLICAS` says how many processes of this service there are; more than one need what they can share, PostgreSQL and
 * Redis, and are refused without.
 * @throws EnvError
 */
export function readServiceConfig<Extra extends z.ZodRawShape>(
  service: Service,
  extra: Extra,
  env: Env,
): ServiceConfig & z.output<z.ZodObject<Extra>> {
  const [port, databaseUrl] = [`${service.toUpperCase()}_PORT`, `${service.toUpperCase()}_DB_URL`];
  const shape = z.object({
    ...extra,
    ...telemetryVariables,
    HOST: envVar.text.default('127.0.0.1'),
    [port]: envVar.port.default(subgraphs[service].port),
    [databaseUrl]: databaseVar.optional(),
    DB_POOL_SIZE: envVar.integer(2, 1000).default(10),
    REPLICAS: envVar.integer(1, 1000).default(1),
    DATA_DIR: envVar.text.default('.data'),
    REDIS_URL: envVar.redisUrl.optional(),
    TAKE_OVER_AFTER_MS: envVar.integer(1000, 3_600_000).default(30_000),
    DRAIN_MS: envVar.integer(0, 60_000).default(0),
    LOG_LEVEL: envVar.logLevel.default('info'),
    OPERATOR_TOKEN: envVar.bearerToken.optional(),
  });
  const values = parseEnv(shape, env) as Record<string, unknown>;
  const url = (values[databaseUrl] as string | undefined) ?? `file:${values.DATA_DIR}/${service}.sqlite`;
  if (Number(values.REPLICAS) > 1)
    refuseOfReplicas(Number(values.REPLICAS), url, databaseUrl, values.REDIS_URL);
  return {
    ...values,
    host: values.HOST,
    port: values[port],
    dataDir: values.DATA_DIR,
    databaseUrl: url,
    databasePoolSize: values.DB_POOL_SIZE,
    redisUrl: values.REDIS_URL,
    takeOverAfterMs: values.TAKE_OVER_AFTER_MS,
    drainMs: values.DRAIN_MS,
    logLevel: values.LOG_LEVEL,
    operatorToken: values.OPERATOR_TOKEN,
    telemetry: telemetryConfig(values as Parameters<typeof telemetryConfig>[0]),
  } as ServiceConfig & z.output<z.ZodObject<Extra>>;
}

function refuseOfReplicas(replicas: number, url: string, variable: string, redisUrl: unknown): void {
  const lines = [];
  if (url.startsWith('file:')) {
    lines.push(
      `${variable} is ${url}: only one process can use a file; it should be postgres://user@host:port/database`,
    );
  }
  if (redisUrl === undefined)
    lines.push('REDIS_URL is not set: the embedded transport serves only one process');
  if (lines.length === 0) return;
  const listed = lines.map((line) => `  ${line}`).join('\n');
  throw new EnvError(`REPLICAS is ${replicas}, so these environment variables need a change:\n${listed}`);
}
