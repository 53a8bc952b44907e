import type { z } from 'zod';
import { StartError } from '../runtime/start.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The environment does not fit the schema; the message has one line a variable and holds no secret values. */
export class EnvError extends StartError {
  override name = 'EnvError';
}

/** Variables that the environment calls otherwise than their schema does: `{ PORT: 'FLIGHT_PORT' }`. */
export type EnvNames = Readonly<Record<string, string>>;

/**
 * Reads the variables that the schema names, once, at the start of a process. A variable that is empty or blank counts
 * as unset. Build the schema from `envVar`: its messages say what a value should look like.
 *
 * @throws EnvError naming every variable at fault, what is wrong with it and what it should look like
 */
export function parseEnv<S extends z.ZodObject>(schema: S, env?: Env): z.output<S> {
  return parseEnvs([schema], env)[0];
}

/**
 * The same for several schemas at once: each has its own, typed result, and all faults are in one error.
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
  if (lines.length > 0) throw new EnvError(`These environment variables need a change:\n${lines.join('\n')}`);
  return results.map(({ data }) => data);
}

function line(issue: z.core.$ZodIssue, set: Env, names: EnvNames): string {
  const key = issue.path.join('.');
  if (key === '') return `  ${issue.message}`;
  const isUnset = issue.code === 'invalid_type' && set[key] === undefined;
  const message = isUnset && !issue.message.startsWith('is not set') ? 'is not set' : issue.message;
  return `  ${names[key] ?? key} ${message}`;
}
