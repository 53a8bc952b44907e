import type { z } from 'zod';
import { StartError } from '../runtime/start.ts';

/** The environment does not fit the schema; the message has one line a variable and holds no secret values. */
export class EnvError extends StartError {
  override name = 'EnvError';
}

/**
 * Reads the variables that the schema names, once, at the start of a process. A variable that is empty or blank counts
 * as unset. Build the schema from `envVar`: its messages say what a value should look like.
 *
 * @throws EnvError naming every variable at fault, what is wrong with it and what it should look like
 */
export function parseEnv<S extends z.ZodObject>(
  schema: S,
  env: Record<string, string | undefined>,
): z.output<S> {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const unset = name !== '' && issue.code === 'invalid_type' && set[name] === undefined;
    const message = unset && !issue.message.startsWith('is not set') ? 'is not set' : issue.message;
    return name === '' ? `  ${message}` : `  ${name} ${message}`;
  });
  throw new EnvError(`These environment variables need a change:\n${lines.join('\n')}`);
}
