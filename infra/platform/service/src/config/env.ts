import type { z } from 'zod';
import { StartError } from '../errors/start-error.ts';
import { ownerOf } from './choice.ts';
import type { Env } from './env-var.ts';
import { misspelled } from './misspelled.ts';

/** Invalid environment variables; the message has one line per variable and holds no secret values. */
export class EnvError extends StartError {
  override name = 'EnvError';
}

/** Names of variables in the environment, where they differ from the schema's: `{ PORT: 'FLIGHT_PORT' }`. */
export type EnvNames = Readonly<Record<string, string>>;

/**
 * Reads the variables of several schemas, once, at the start of a process: one typed result for each, and one error for all.
 * A blank variable is refused, since a setting was meant and would be lost; only OpenTelemetry's own count as unset then
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#parsing-empty-value). Build the schemas
 * from `envVar`, whose messages name the expected kind of value.
 *
 * @param process its name, with which variables of its own may begin: `PAYMENT_PROVIDER`
 * @throws EnvError with every invalid variable, its value unless it is secret, and the expected kind; and with every variable
 *   that looks like one of these and is none
 */
export function parseEnvs<S extends readonly [z.ZodObject, ...z.ZodObject[]]>(
  process: string,
  schemas: S,
  env?: Env,
  names?: EnvNames,
): { -readonly [Index in keyof S]: z.output<S[Index]> };
export function parseEnvs(
  process: string,
  schemas: readonly z.ZodObject[],
  env: Env = globalThis.process.env,
  names: EnvNames = {},
): unknown[] {
  const nameOf = (key: string) => names[key] ?? key;
  const results = schemas.map((schema) => {
    const entries = Object.keys(schema.shape).map((key) => [key, env[nameOf(key)]] as const);
    const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.trim() !== ''));
    return { schema, set, ...schema.safeParse(set) };
  });
  const known = new Set(schemas.flatMap(({ shape }) => Object.keys(shape).map(nameOf)));
  const isBlank = (name: string) => env[name]?.trim() === '' && !name.startsWith('OTEL_');
  const blank = [...known].filter(isBlank).map((name) => `  ${name} is blank; remove it, or give it a value`);
  const invalid = results.flatMap(({ error, set }) =>
    (error?.issues ?? [])
      .filter(({ path }) => !isBlank(nameOf(path.join('.'))))
      .map((issue) => line(issue, set, names)),
  );
  const unknown = misspelled(env, known, `${process.toUpperCase()}_`).map((text) => `  ${text}`);
  const unchosen = results.flatMap(({ schema, set, data }) => (data ? unchosenLines(schema, set, data) : []));
  const lines = [...invalid, ...blank, ...unchosen, ...unknown];
  if (lines.length > 0) throw new EnvError(`Invalid environment variables:\n${lines.join('\n')}`);
  return results.map(({ data }) => data);
}

/** Variables that are set and belong to another choice than the one made. */
function unchosenLines({ shape }: z.ZodObject, set: Env, data: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(set).flatMap((key) => {
    const owner = shape[key] && ownerOf(shape[key]);
    if (!owner || data[owner.variable] === owner.value) return [];
    const { variable, value } = owner;
    return [`  ${key} requires ${variable}=${value}; ${variable} is ${data[variable]}`];
  });
}

function line(issue: z.core.$ZodIssue, set: Env, names: EnvNames): string {
  const key = issue.path.join('.');
  if (key === '') return `  ${issue.message}`;
  const isUnset = issue.code === 'invalid_type' && set[key] === undefined;
  const message = isUnset && !issue.message.startsWith('is not set') ? 'is not set' : issue.message;
  return `  ${names[key] ?? key} ${message}`;
}
