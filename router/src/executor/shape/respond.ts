import { GraphQLError } from 'graphql';
import { withoutAlias } from '../../corrections/index.ts';
import { isTree, type Tree } from '../../tree.ts';
import type { Part } from '../deferred-fragments.ts';
import type { FetchError, Run } from '../run.ts';
import type { ErrorPlace, Path } from '../targets.ts';
import type { Completer } from './completers.ts';
import { Told } from './told.ts';
import { FORBIDDEN, joined, type Problem, pathOf, ROOT, type Walk } from './walk.ts';

/** A response before its errors are masked. */
export interface Response {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLError[];
}

/**
 * Shapes the merged response, and explains its nulls: one that the schema forbids or that nobody returned is an error at
 * its path, unless an error of a fetch is there or below it.
 */
export function respond(shape: Completer, run: Run): Response {
  const walk = walkOf(run);
  const data = treeOf(shape.complete(run.root, walk, undefined));
  if (walk.problems === 0 && run.errors.length === 0) return { data };
  const reported = run.errors.flatMap((error) =>
    waysTo(error.place, shape, run.root).map((way) => errorAt(way, error)),
  );
  const told = new Told();
  const errors = reported.filter((error) => told.add(error));
  if (walk.problems > 0) errors.push(...unexplained(shape, run, told));
  return errors.length > 0 ? { data, errors } : { data };
}

export function walkOf({ withoutEntity, variables, context: { allowance } }: Run): Walk {
  const limits = allowance?.limits;
  const left = limits?.bytes ?? Number.POSITIVE_INFINITY;
  return { problems: 0, left, limits, found: [], variables, withoutEntity };
}

export const treeOf = (value: unknown): Tree | null => (isTree(value) ? value : null);

/** An error about fields is at each that the client has selected, or else at their object. */
function waysTo(place: ErrorPlace | undefined, shape: Completer, root: Tree): readonly (Way | undefined)[] {
  if (!place) return [undefined];
  const { path } = place;
  const locate = (steps: Path) => waysOf(shape, root, steps).slice(0, 1);
  const selected = withoutValue(place, root)
    .flatMap((field) => locate([...path, field]))
    .filter((way) => way.path.length > path.length);
  return selected.length > 0 ? selected : locate(path);
}

/** What a subgraph says of what the caller may not see is not told. */
export function errorAt(
  way: Way | undefined,
  { message, extensions }: Omit<FetchError, 'place'>,
): GraphQLError {
  const path = way?.path.length ? way.path : null;
  if (way?.denial === undefined) return new GraphQLError(message, { path, extensions });
  return new GraphQLError(way.denial, { path, extensions: FORBIDDEN });
}

/** The fields that an error is about, without those that have a value: no error is at a value that is there. */
export function withoutValue({ path, fields = [] }: ErrorPlace, root: Tree): readonly string[] {
  let value: unknown = root;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isTree(value) ? value[step] : undefined;
  }
  return fields.filter((name) => !isTree(value) || value[name] === undefined || value[name] === null);
}

/** A way of an error's path through the selections: in the client's names, as far as they lead. */
export interface Way {
  readonly path: Path;
  /** The part that it ends in. */
  readonly part: Part;
  /** Whether it is all of the error's path. */
  readonly isWhole: boolean;
  /** Why the caller may not see what it ends in. */
  readonly denial?: string;
}

/**
 * The ways of a path of the merged response; more than one only where a part is deferred.
 *
 * @param value what is completed, with the types of its objects
 */
export function waysOf(
  completer: Completer | undefined,
  value: unknown,
  path: Path,
  part: Part = 0,
  before: Path = [],
): Way[] {
  const denial = completer?.denialOf(isTree(value) ? value.__typename : undefined);
  if (denial !== undefined) return [{ path: before, part, isWhole: true, denial }];
  const [step, ...rest] = path;
  if (step === undefined) return [{ path: before, part, isWhole: true }];
  const end: Way = { path: before, part, isWhole: false };
  if (typeof step === 'number') {
    const element = completer?.element;
    const isBeyond = Array.isArray(value) && !(step in value);
    const inside: unknown = Array.isArray(value) ? value[step] : undefined;
    return element && !isBeyond ? waysOf(element, inside, rest, part, [...before, step]) : [end];
  }
  const object: Tree = isTree(value) ? value : {};
  const typename = object.__typename;
  const field = completer?.field(step, typename) ?? completer?.field(withoutAlias(step), typename);
  // No error is at the name of a type: no value is missing there.
  const below = typeof field?.completer === 'string' ? undefined : field?.completer;
  // A part comes for an object alone: what made that null is the error of the part that the null is in.
  const later = isTree(value) ? (completer?.deferred(typename) ?? []) : [];
  return [
    ...(field && below ? waysOf(below, object[field.from], rest, part, [...before, field.key]) : [end]),
    ...later.flatMap((deferred) => waysOf(deferred.completer, value, path, deferred.part, before)),
  ];
}

function unexplained(shape: Completer, run: Run, told: Told): GraphQLError[] {
  // What it completes is not sent.
  const walk = { ...walkOf(run), left: Number.POSITIVE_INFINITY };
  shape.complete(run.root, walk, ROOT);
  return explain(walk.found, told);
}

/** Problems as errors, without those at whose place, or below it, the client is told one. */
export function explain(problems: readonly Problem[], told: Told): GraphQLError[] {
  const settled = [...joined(problems), ...problems.filter(({ rises }) => !rises)];
  return settled.flatMap(({ message, at, besides, extensions }) =>
    [at, ...besides].some((place) => told.explains(place))
      ? []
      : [new GraphQLError(message, { path: pathOf(at), extensions })],
  );
}
