import { isTree } from '../../tree.ts';
import { type Difference, isPrefix, valueAt } from './differences.fixture.ts';
import type { Path, Result } from './subject.fixture.ts';
import type { World } from './world.fixture.ts';

/** A way in which the gateway is wrong that cannot be mended in it: what it looks like. */
interface KnownDifference {
  readonly reason: string;
  matches(difference: Difference, results: Results, world: World): boolean;
}

interface Results {
  /** Whether both have executed a mutation's fields in one order. */
  readonly isOrdered: boolean;
  readonly ours: Result;
  readonly theirs: Result;
  /** The types of selected fields that need an object: by `@requires`, or by the key of their subgraph. */
  readonly requiring: ReadonlySet<string>;
  /** Whether a subgraph may know no more of an object than its interface. */
  readonly hasInterfaceObjects: boolean;
}

/** Whether two values differ in the order of keys alone. */
const isOrder = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);

const sorted = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const ASSERTION =
  /^(Invalid (non-|empty)|Unexpected array|Got unexpected value|Excepted output|\[.*length|expected array|Cannot (read|use|convert)|.* is not (a function|iterable)|Cannot create property)/;

export const knownDifferences = {
  keyOrder: {
    reason:
      'the gateway merges the fragments of one type before it collects fields, so fields come too early',
    matches: ({ ours, theirs }) => isOrder(ours, theirs),
  },
  mutationOrder: {
    reason: 'the gateway executes what fragments of a mutation select too early, for the same reason',
    matches: (_difference, { isOrdered }) => !isOrdered,
  },
  thrownAway: {
    reason: 'the gateway throws the whole answer away for a value of another shape than its type',
    matches: ({ path }, { theirs }, { met }) =>
      path.length === 0 &&
      theirs.data === undefined &&
      (met.has('wrong') || met.has('typename')) &&
      theirs.errors.some(({ message }) => ASSERTION.test(message)),
  },
  damagedRequirement: {
    reason:
      'the gateway sends an object of a key or of @requires without its fields as null, or whatever is in its place',
    matches: (difference, { ours, requiring }, { met }) =>
      requiring.size > 0 &&
      (met.has('wrong') || met.has('missing')) &&
      difference.ours === null &&
      ours.errors.some(({ path = [] }) => isPrefix(difference.path, path) || isPrefix(path, difference.path)),
  },
  typeless: {
    reason:
      'the gateway returns an object of which nobody has said the type, as far as it has none of its own',
    matches: ({ path, ours: value }, { ours, theirs, hasInterfaceObjects }, { met }) => {
      if (value !== null || !(hasInterfaceObjects || met.has('wrong'))) return false;
      const isThere = (at: Path) => at.some((_, i) => isTree(valueAt(theirs.data, at.slice(0, i + 1))));
      return ours.errors.some(({ path: at = [] }) => isPrefix(path, at) && isThere(at));
    },
  },
  numericIds: {
    reason: 'the gateway returns an ID that a subgraph keeps as a number as a number',
    matches: ({ ours, theirs }, _result, { met }) =>
      (met.has('numericKeys') || met.has('wrong')) && typeof theirs === 'number' && ours === String(theirs),
  },
} satisfies Record<string, KnownDifference>;

export type KnownDifferenceName = keyof typeof knownDifferences;

export function knownAs(
  difference: Difference,
  results: Results,
  world: World,
): KnownDifferenceName | undefined {
  const entries = Object.entries(knownDifferences) as [KnownDifferenceName, KnownDifference][];
  return entries.find(([, { matches }]) => matches(difference, results, world))?.[0];
}
