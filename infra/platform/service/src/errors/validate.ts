import { z } from 'zod';
import { badUserInput } from './errors.ts';

type Fields<Value> = keyof NonNullable<Value extends readonly (infer Each)[] ? Each : Value>;

type Lacking<Schema extends z.ZodType, Input> = Exclude<Fields<Input>, Fields<z.input<Schema>>>;

/** A schema drops the fields that it does not know: one of the first level that the graph has and it has not is a type error. */
type Knowing<Schema extends z.ZodType, Input> = [Lacking<Schema, Input>] extends [never]
  ? unknown
  : { readonly fieldsThatItLacks: Lacking<Schema, Input> };

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
