import type { z } from 'zod';
import { StartError } from '../runtime/start.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Invalid environment variables; the message has one line per variable and holds no secret values. */
export class EnvError extends StartError {
  override name = 'EnvError';
}

/** Names of variables in the environment, where they differ from the schema's: `{ PORT: 'FLIGHT_PORT' }`. */
export type EnvNames = Readonly<Record<string, string>>;

/**
 * Reads the variables of a schema, once, at the start of a process. An empty or blank variable counts as unset. Build the
 * schema from `envVar`, whose messages name the expected kind of value.
 *
 * @throws EnvError with every invalid variable, its value unless it is secret, and the expected kind
 */
export function parseEnv<S extends z.ZodObject>(schema: S, env?: Env): z.output<S> {
  return parseEnvs([schema], env)[0];
}

/**
 * Reads the variables of several schemas: one typed result for each, and one error for all.
 *
 * @throws EnvError
 */
export function parseEnvs<S extends readonly [z.ZodObject, ...z.ZodObject[]]>(
  schemas: S,
  env?: Env,
  names?: EnvNames,
): { -readonly [Index in keyof S]: z.output<S[Index]> };
export function parseEnvs(
  schemas: readonly z.ZodObject[],
  env: Env = process.env,
  names: EnvNames = {},
): unknown[] {
  const results = schemas.map((schema) => {
    const entries = Object.keys(schema.shape).map((key) => [key, env[names[key] ?? key]] as const);
    const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.trim() !== ''));
    return { set, ...schema.safeParse(set) };
  });
  const lines = results.flatMap(({ error, set }) =>
    (error?.issues ?? []).map((issue) => line(issue, set, names)),
  );
  if (lines.length > 0) throw new EnvError(`Invalid environment variables:\n${lines.join('\n')}`);
  return results.map(({ data }) => data);
}

function line(issue: z.core.$ZodIssue, set: Env, names: EnvNames): string {
  const key = issue.path.join('.');
  if (key === '') return `  ${issue.message}`;
  const isUnset = issue.code === 'invalid_type' && set[key] === undefined;
  const message = isUnset && !issue.message.startsWith('is not set') ? 'is not set' : issue.message;
  return `  ${names[key] ?? key} ${message}`;
}
