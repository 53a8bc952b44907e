import { GraphQLError } from 'graphql';
import type { Translations } from './translations.ts';

/** Errors whose paths name the fields of the subgraphs instead of synthetic ones; the same objects where they do. */
export function restoreErrorPaths(
  errors: readonly GraphQLError[],
  { fields }: Translations,
): readonly GraphQLError[] {
  return renamePaths(errors, new Map([...fields].map(([name, { field }]) => [name, field])));
}

/** Errors with the steps of their paths renamed; the same objects where there are none of those. */
export function renamePaths(
  errors: readonly GraphQLError[],
  names: ReadonlyMap<string, string>,
): readonly GraphQLError[] {
  if (names.size === 0) return errors;
  return errors.map((error) => {
    if (!error.path?.some((step) => names.has(String(step)))) return error;
    const path = error.path.map((step) => names.get(String(step)) ?? step);
    const { message, extensions, originalError } = error;
    return new GraphQLError(message, { path, extensions, originalError });
  });
}
