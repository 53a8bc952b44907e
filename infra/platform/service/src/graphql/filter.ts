import { and, type SQL } from 'drizzle-orm';

/** The condition of each field, or conditions of which all hold; a field without any is a type error, as it would have no effect. */
type Conditions<Filter> = {
  readonly [Field in keyof Filter]-?: (value: NonNullable<Filter[Field]>) => SQL | readonly [SQL, ...SQL[]];
};

/** The condition of the rows that fit a filter: those of its fields, in their order here. Null is what absent is. */
export function filterCondition<Filter extends object>(
  filter: Filter | null | undefined,
  conditions: Conditions<Filter>,
): SQL | undefined {
  const all: SQL[] = [];
  for (const field in conditions) {
    const value = filter?.[field];
    if (value != null) all.push(...[conditions[field](value)].flat());
  }
  return and(...all);
}
