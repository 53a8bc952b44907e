import { z } from 'zod';

/** What of a variable's value is secret: all of it, or the passwords that a URL may hold. */
export type Secrecy = 'text' | 'url';

/** What a kind of variable has in its metadata, also within `.default(…)`, `.optional()` and the like. */
export function metaOf(schema: z.core.$ZodType, key: 'expected' | 'secret'): unknown {
  const own = z.globalRegistry.get(schema)?.[key];
  if (own !== undefined) return own;
  if (schema instanceof z.ZodPipe) return metaOf(schema.in, key);
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly
  )
    return metaOf(schema.unwrap(), key);
  return undefined;
}

/** What of a variable's values is secret; undefined: nothing. */
export function secrecyOf(schema: z.core.$ZodType): Secrecy | undefined {
  const secrecy = metaOf(schema, 'secret');
  return secrecy === 'text' || secrecy === 'url' ? secrecy : undefined;
}

/** Of the account, before hosts of which there may be several, which no URL of the standard has; and of the query. */
const PASSWORDS = [/^[^/]+:\/\/[^/:@]*:([^/]+)@/, /[?&]\w*password=([^&#]+)/i];

/** The secrets that a value of the variable holds, as they are written there: none are in a URL without a password. */
export function secretsIn(schema: z.core.$ZodType, value: string): string[] {
  const secrecy = secrecyOf(schema);
  if (secrecy === 'text') return [value.trim()];
  return secrecy === 'url' ? PASSWORDS.flatMap((password) => password.exec(value)?.[1] ?? []) : [];
}
