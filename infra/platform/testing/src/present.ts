/**
 * A value that the test itself has put there.
 * @throws Error that names it when there is none
 */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}
