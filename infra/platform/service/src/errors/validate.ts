import { z } from 'zod';
import { badUserInput } from './errors.ts';

/** The paths of what the graph's type `Asked` has and a schema with the input `Known` has not: fields, values of enums, null. */
type Lacking<Known, Asked, Path extends string = ''> = unknown extends Known
  ? never
  : Asked extends null
    ? null extends Known
      ? never
      : `${Path}null`
    : Asked extends string
      ? string extends Asked
        ? never
        : `${Path}${Exclude<Asked, Known>}`
      : Asked extends readonly (infer Each)[]
        ? Lacking<Known extends readonly (infer One)[] ? One : never, Each, Path>
        : {
            [Field in keyof Asked & string]: Field extends keyof NonNullable<Known>
              ? Lacking<NonNullable<Known>[Field], Asked[Field], `${Path}${Field}.`>
              : `${Path}${Field}`;
          }[keyof Asked & string];

/** A schema drops the fields that it does not know, and refuses such values: what the graph has and it has not is a type error. */
type Knowing<Schema extends z.ZodType, Input> = [Lacking<z.input<Schema>, Input>] extends [never]
  ? unknown
  : { readonly lacks: Lacking<z.input<Schema>, Input> };

/**
 * Checks the argument `input` of a mutation beyond its GraphQL type, or all of its arguments, which have no path.
 * @throws RequestError BAD_USER_INPUT that names the first field at fault
 */
export function validate<Schema extends z.ZodType, Input>(
  schema: Schema & Knowing<Schema, Input>,
  input: Input,
  path: readonly string[] = ['input'],
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = [...path, ...(issue?.path ?? [])].join('.');
  throw badUserInput(field, `"${field}" ${issue?.message ?? 'is not valid'}.`);
}

/**
 * A character that shows: no white space, and none that Unicode has displays ignore (zero width, joiners, fillers of Hangul),
 * makes a format, or draws as a blank (Braille without dots). The pages have the same in `app/input.ts`.
 */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;
const hasVisible = [VISIBLE, 'must not be empty'] as const;

/** Ids, codes and names are one line. What no text may have is refused before (limits/text-fault.ts). */
const oneLine = [/^[^\t\n\r]*$/, 'must not contain a tab or a line break'] as const;

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Parts of input schemas; each message follows the field's name. */
export const input = {
  /** An id, or a key that the caller chooses; stored unchanged. */
  id: z
    .string()
    .regex(...hasVisible)
    .max(100, 'must have at most 100 characters')
    .regex(...oneLine),
  /** Text for people; surrounding white space is removed. */
  text: (most: number) =>
    z
      .string()
      .trim()
      .regex(...hasVisible)
      .max(most, `must have at most ${most} characters`)
      .regex(...oneLine),
  between: (least: number, most: number) =>
    z.int().min(least, `must be ${least} or more`).max(most, `must be ${most} or less`),
  /** ISO 4217; the list is that of the Unicode CLDR. */
  currency: z
    .string()
    .refine(
      (code) => currencies.has(code),
      'must be a currency of ISO 4217, such as KRW, in capital letters',
    ),
  date: z.iso.date('must be a date, YYYY-MM-DD'),
};
