export const isText = (kept: unknown): kept is string => typeof kept === 'string';

/** Whether what was kept has each field of a sample, of the same kind. */
export const isLike = (sample: unknown, kept: unknown): boolean =>
  typeof sample === 'object' && sample !== null
    ? typeof kept === 'object' &&
      kept !== null &&
      Object.entries(sample).every(([name, value]) => isLike(value, Object(kept)[name]))
    : typeof kept === typeof sample;

/**
 * What was kept, laid over what a form begins with: a release with other fields may have kept it, so that a field that it lacks,
 * or has as another kind, is as it is at first. Of an initial value that says no kind (null, undefined, a list), nothing is taken.
 */
export function laidOver<T>(initial: T, kept: unknown): T {
  if (initial === null || Array.isArray(initial)) return initial;
  // Of the same type, as far as it is looked at.
  if (typeof initial !== 'object')
    return initial !== undefined && isLike(initial, kept) ? (kept as T) : initial;
  const taken = Object.entries(initial).map(([name, value]) => [name, laidOver(value, Object(kept)[name])]);
  return Object.fromEntries(taken);
}
