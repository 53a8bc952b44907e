import type { Path } from './subject.fixture.ts';

/** A place at which two values differ, and what is there. */
export interface Difference {
  readonly path: Path;
  readonly ours: unknown;
  readonly theirs: unknown;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where two values of JSON differ, as deep as they have one shape; for the order of keys, at the object. */
export function differences(ours: unknown, theirs: unknown, path: Path = []): Difference[] {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  const here = [{ path, ours, theirs }];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) return here;
    return ours.flatMap((element, i) => differences(element, theirs[i], [...path, i]));
  }
  if (!isNested(ours) || !isNested(theirs) || Array.isArray(ours) || Array.isArray(theirs)) return here;
  const others = new Map(Object.entries(theirs));
  if (Object.keys(ours).sort().join() !== [...others.keys()].sort().join()) return here;
  const below = Object.entries(ours).flatMap(([key, value]) =>
    differences(value, others.get(key), [...path, key]),
  );
  return below.length > 0 ? below : here;
}

/** What is at a path, or the first value on the way that is nothing to enter. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (!isNested(value)) return value;
    value = new Map<string | number, unknown>(
      Array.isArray(value) ? value.entries() : Object.entries(value),
    ).get(step);
  }
  return value;
}

export const isPrefix = (short: Path, long: Path): boolean =>
  short.length <= long.length && short.every((step, i) => step === long[i]);

/** What a client called a field to which the corrections have given a name of its own. */
export const clientName = (name: string): string => name.replace(/^client_(.+?)_*$/, '$1');
