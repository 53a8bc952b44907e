import { clientName, isPrefix, valueAt } from './differences.fixture.ts';
import type { Path, Result } from './subject.fixture.ts';
import type { Fault, World } from './world.fixture.ts';

/**
 * What leaves no null that nothing explains: the router says of each null which error it comes from. An entity that a
 * subgraph does not know is not among it: it has nulls without errors.
 */
const explained: ReadonlySet<Fault> = new Set<Fault>([
  'error',
  'errorKept',
  'missing',
  'wrong',
  'numericKeys',
  'entityError',
  'short',
  'dataNull',
  'unavailable',
]);

const names = (path: Path): Path => path.filter((step) => typeof step === 'string' && step !== '@');

/** The names of the client in a path of the gateway, which leaves those that a plan gave fields: its own and the corrections'. */
const clientNames = (path: Path): Path =>
  names(path).map((name) => clientName(String(name).replace(/__alias_\d+$/, '')));

const isOnTheWay = (one: Path, other: Path) => isPrefix(one, other) || isPrefix(other, one);

/** Then the first of several equal errors may be another's: the subgraph was asked in another order. */
const areNull = (ours: Result, theirs: Result) => ours.data === null && theirs.data === null;

/** What is wrong with the errors of our response, whose data is right; undefined where nothing is. */
export function wrongErrors(ours: Result, theirs: Result, world: World): string | undefined {
  const reported = new Set(ours.errors.map(({ message }) => message));
  const lost = [...world.errors].find((message) => !reported.has(message));
  if (lost !== undefined) return `The error "${lost}" is lost.`;
  if (world.met.size === 0 && ours.errors.length > 0) return 'There are errors though nothing went wrong.';
  const nulls = nullsOf(ours.data);
  const paths = ours.errors.flatMap(({ path }) => (path ? [path] : []));
  const isExplained = (at: Path) => paths.some((path) => isOnTheWay(path, at));
  const hasPathless = ours.errors.some(({ path }) => !path);
  if ([...world.met].every((fault) => explained.has(fault)) && !hasPathless) {
    const bare = nulls.find((at) => !isExplained(at));
    if (bare) return `No error explains the null at ${bare.join('.')}.`;
  }
  const silent = theirs.completion.find(({ path }) => path && !isExplained(nullOn(ours.data, path)));
  if (silent && !hasPathless)
    return `No error is at ${silent.path?.join('.')}, where the gateway completes a value.`;
  for (const { message, path } of theirs.errors) {
    if (!world.errors.has(message) || !path) continue;
    const same = ours.errors.filter((error) => error.message === message);
    // Ours is as far as the client has selected it or, for a whole entity, at each field that it was to fill.
    const isThere =
      areNull(ours, theirs) || same.some((error) => isOnTheWay(names(error.path ?? []), clientNames(path)));
    if (!isThere) return `The error "${message}" is not at ${path.join('.')}.`;
    // An error of an entity leaves null what was asked of it, not the object.
    if (message.startsWith('no entity')) continue;
    const astray = same.find(
      (error) =>
        error.path &&
        `${names(error.path)}` === `${clientNames(path)}` &&
        isLeaf(valueAt(ours.data, error.path)),
    );
    if (astray) return `There is no null at ${astray.path?.join('.')}, where "${message}" is.`;
  }
  return undefined;
}

/** The null that a path leads to, or the path itself. */
function nullOn(data: unknown, path: Path): Path {
  const lengths = [...path.keys(), path.length];
  return path.slice(
    0,
    lengths.find((length) => valueAt(data, path.slice(0, length)) === null),
  );
}

/** An object at an error may be what another subgraph returned of it. */
const isLeaf = (value: unknown) => value !== undefined && typeof value !== 'object';

function nullsOf(value: unknown, path: Path = []): Path[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || value === undefined) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value as object);
  return entries.flatMap(([step, inner]) => nullsOf(inner, [...path, step]));
}
