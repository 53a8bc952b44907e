import { and, type SQL } from 'drizzle-orm';

/** The condition of each field; one of the graph without any is a type error, as it would have no effect. */
type Conditions<Filter> = {
  readonly [Field in keyof Filter]-?: (value: NonNullable<Filter[Field]>) => SQL | undefined;
};

/** The condition of the rows that fit a filter: those of its fields, in their order here. Null is what absent is. */
export function filterCondition<Filter extends object>(
  filter: Filter | null | undefined,
  conditions: Conditions<Filter>,
): SQL | undefined {
  const all: (SQL | undefined)[] = [];
  for (const field in conditions) {
    const value = filter?.[field];
    if (value != null) all.push(conditions[field](value));
  }
  return and(...all);
}
