import type { LogLevel } from '@airline/observability';
import type { Service } from '@airline/schema/events';
import { z } from 'zod';
import { parseEnv } from './env.ts';
import { envVar } from './env-var.ts';

export type Env = Record<string, string | undefined>;

/** What every service is told from outside. */
export interface ServiceConfig {
  readonly host: string;
  readonly port: number;
  /** Where what is not told otherwise is kept. */
  readonly dataDir: string;
  /** `file:` and a path. */
  readonly databaseUrl: string;
  /** Undefined: the embedded transport. */
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  /** What operators prove themselves with; undefined: nobody can. */
  readonly operatorToken: string | undefined;
}

/**
 * Reads a service's variables, among them its own (`extra`), with the prefix of its name: `FLIGHT_PORT`, `FLIGHT_DB_URL`.
 * @throws EnvError
 */
export function readServiceConfig<Extra extends z.ZodRawShape>(
  service: Service,
  defaultPort: number,
  extra: Extra,
  env: Env,
): ServiceConfig & z.output<z.ZodObject<Extra>> {
  const [port, databaseUrl] = [`${service.toUpperCase()}_PORT`, `${service.toUpperCase()}_DB_URL`];
  const shape = z.object({
    ...extra,
    HOST: envVar.text.default('127.0.0.1'),
    [port]: envVar.port.default(defaultPort),
    [databaseUrl]: z
      .string()
      .startsWith('file:', 'should be a path after "file:", such as file:.data/flight.sqlite')
      .optional(),
    DATA_DIR: envVar.text.default('.data'),
    REDIS_URL: envVar.url('redis', 'rediss').optional(),
    LOG_LEVEL: envVar.logLevel.default('info'),
    OPERATOR_TOKEN: envVar.bearerToken.optional(),
  });
  const values = parseEnv(shape, env) as Record<string, unknown>;
  return {
    ...values,
    host: values.HOST,
    port: values[port],
    dataDir: values.DATA_DIR,
    databaseUrl: values[databaseUrl] ?? `file:${values.DATA_DIR}/${service}.sqlite`,
    redisUrl: values.REDIS_URL,
    logLevel: values.LOG_LEVEL,
    operatorToken: values.OPERATOR_TOKEN,
  } as ServiceConfig & z.output<z.ZodObject<Extra>>;
}
