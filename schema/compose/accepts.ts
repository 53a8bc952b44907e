import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './event-schemas.ts';

type Rule = (wide: never, narrow: unknown, schemas: { wide: JsonSchema; narrow: JsonSchema }) => boolean;

const atLeast: Rule = (wide: number, narrow) => typeof narrow === 'number' && narrow >= wide;
const atMost: Rule = (wide: number, narrow) => typeof narrow === 'number' && narrow <= wide;
const anything: Rule = () => true;

/** By keyword: whether its constraint in `wide` follows from `narrow`. Other keywords must be the same in both. */
const rules: Readonly<Record<string, Rule>> = {
  minimum: atLeast,
  exclusiveMinimum: atLeast,
  minLength: atLeast,
  minItems: atLeast,
  maximum: atMost,
  exclusiveMaximum: atMost,
  maxLength: atMost,
  maxItems: atMost,
  title: anything,
  description: anything,
  examples: anything,
  default: anything,
  type: (wide, narrow) => narrow === wide || (wide === 'number' && narrow === 'integer'),
  enum: (wide: unknown[], _, { narrow }) => valuesOf(narrow)?.every((value) => wide.includes(value)) ?? false,
  const: (wide, _, { narrow }) => valuesOf(narrow)?.every((value) => value === wide) ?? false,
  items: (wide: JsonSchema, narrow) => accepts(wide, (narrow ?? {}) as JsonSchema),
  required: (wide: string[], narrow) =>
    Array.isArray(narrow) && wide.every((field) => narrow.includes(field)),
  properties: (wide: JsonSchema['properties'], _, { narrow }) =>
    Object.entries(narrow.properties ?? {}).every(([field, schema]) => {
      const of = wide?.[field];
      return of === undefined || accepts(of as JsonSchema, schema as JsonSchema);
    }),
};

/**
 * Whether every value that is valid by the JSON Schema `narrow` is valid by `wide`. False when that does not follow from
 * the keywords of zod's output one by one.
 */
export function accepts(wide: JsonSchema, narrow: JsonSchema): boolean {
  // zod's type of a nested schema is a schema or a boolean; its output has no booleans, and each rule takes its keyword's value.
  if (narrow.anyOf) return narrow.anyOf.every((one) => accepts(wide, one as JsonSchema));
  if (wide.anyOf) return wide.anyOf.some((one) => accepts(one as JsonSchema, narrow));
  return Object.entries(wide).every(([keyword, value]) => {
    const rule = rules[keyword] ?? isDeepStrictEqual;
    return rule(value as never, narrow[keyword], { wide, narrow });
  });
}

/** The values of an enum or a constant. */
function valuesOf({ enum: values, const: value }: JsonSchema): readonly unknown[] | undefined {
  return values ?? (value === undefined ? undefined : [value]);
}
