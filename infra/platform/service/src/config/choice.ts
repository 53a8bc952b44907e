import { z } from 'zod';
import { envVar } from './env-var.ts';

/** Variables that belong to one value of another variable, by schema. */
const owners = z.registry<{ readonly variable: string; readonly value: string }>();

/** The choice that a variable belongs to, as `choice` says. */
export const ownerOf = (schema: z.core.$ZodType) => owners.get(schema);

/**
 * Refuses a choice whose variables do not begin with the name of their process: a misspelled one would not be refused
 * (misspelled.ts), and its default would be taken.
 *
 * @param prefix such as `PAYMENT_`
 * @throws Error naming one of them
 */
export function requirePrefix(shape: z.ZodRawShape, prefix: string): void {
  for (const [name, schema] of Object.entries(shape)) {
    const owner = ownerOf(schema);
    for (const each of owner ? [owner.variable, name] : [])
      if (!each.startsWith(prefix))
        throw new Error(`${each} has to begin with ${prefix}, so that it is refused where it is misspelled.`);
  }
}

/** The variables of each value that a variable may have. */
type Choices = Readonly<Record<string, z.ZodRawShape>>;

type KeyOfOthers<C extends Choices, Name extends keyof C> = {
  [Other in Exclude<keyof C, Name>]: keyof C[Other];
}[Exclude<keyof C, Name>];

/** A variable that two choices have would be read by the schema of the last one: its type is the reason for the refusal. */
type Disjoint<C extends Choices> = {
  [Name in keyof C]: {
    [Key in keyof C[Name]]: Key extends KeyOfOthers<C, Name>
      ? 'another choice has a variable of this name: give it one of its own'
      : C[Name][Key];
  };
};

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

type ChoiceShape<Variable extends string, C extends Choices> = {
  [Name in Variable]: z.ZodDefault<ReturnType<typeof envVar.oneOf<keyof C & string>>>;
} & Intersection<C[keyof C]>;

/**
 * A variable that chooses, such as the payment provider, and the variables of each choice, which are refused with any other
 * choice: `choice('CARRIER', { default: 'simulated', description, of: { simulated: { … }, acme: { … } } })`.
 */
export function choice<Variable extends string, C extends Choices>(
  variable: Variable,
  options: { readonly default: keyof C & string; readonly description: string; readonly of: C & Disjoint<C> },
): ChoiceShape<Variable, C> {
  const shape: z.ZodRawShape = Object.fromEntries(
    Object.entries<z.ZodRawShape>(options.of).flatMap(([value, own]) =>
      Object.entries(own).map(([name, schema]) => {
        owners.add(schema, { variable, value });
        return [name, schema];
      }),
    ),
  );
  const [first = options.default, ...others] = Object.keys(options.of);
  const chosen = envVar
    .oneOf(first, ...others)
    .default(options.default)
    .describe(options.description);
  // The compiler does not follow the names of an object's keys through its entries.
  return { [variable]: chosen, ...shape } as unknown as ChoiceShape<Variable, C>;
}
