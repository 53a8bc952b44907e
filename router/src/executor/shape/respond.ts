import { GraphQLError } from 'graphql';
import { withoutAlias } from '../fetch-text.ts';
import type { Run } from '../run.ts';
import type { ErrorPlace, Path } from '../targets.ts';
import { isTree, type Tree } from '../tree.ts';
import type { Completer, Link, Walk } from './completers.ts';

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
  const errors = run.errors.flatMap(({ message, place, extensions }) =>
    pathsOf(place, shape, run.root).map((path) => new GraphQLError(message, { path, extensions })),
  );
  if (walk.problems > 0) errors.push(...unexplained(shape, run, errors));
  return errors.length > 0 ? { data, errors } : { data };
}

const walkOf = ({ withoutEntity }: Run): Walk => ({ problems: 0, found: [], withoutEntity });

const treeOf = (value: unknown): Tree | null => (isTree(value) ? value : null);

/** An error about fields is at each that the client has selected, or else at their object. */
function pathsOf(place: ErrorPlace | undefined, shape: Completer, root: Tree): readonly (Path | null)[] {
  if (!place) return [null];
  const { path, fields = [] } = place;
  const selected = fields
    .map((field) => locate(shape, root, [...path, field]))
    .filter(({ length }) => length > path.length);
  if (selected.length > 0) return selected;
  const located = locate(shape, root, path);
  return [located.length > 0 ? located : null];
}

/** A path in the client's names, as far as it leads through what the client has selected. */
function locate(shape: Completer, root: Tree, path: Path): Path {
  const located: (string | number)[] = [];
  let completer: Completer | undefined = shape;
  let value: unknown = root;
  for (const step of path) {
    if (typeof step === 'number') {
      completer = completer?.element;
      if (!completer) break;
      value = Array.isArray(value) ? value[step] : undefined;
      located.push(step);
      continue;
    }
    const object: Tree = isTree(value) ? value : {};
    const typename = object.__typename;
    const field: ReturnType<Completer['field']> =
      completer?.field(step, typename) ?? completer?.field(withoutAlias(step), typename);
    if (!field) break;
    value = object[field.from];
    located.push(field.key);
    completer = typeof field.completer === 'string' ? undefined : field.completer;
  }
  return located;
}

const ROOT: Link = { before: undefined, step: '' };

function unexplained(shape: Completer, run: Run, errors: readonly GraphQLError[]): GraphQLError[] {
  const walk = walkOf(run);
  shape.complete(run.root, walk, ROOT);
  const explained = new Set(errors.flatMap(({ path }) => (path ? prefixes(path) : [])));
  return walk.found.flatMap(({ message, at }) => {
    const path = pathOf(at);
    return explained.has(JSON.stringify(path)) ? [] : [new GraphQLError(message, { path })];
  });
}

/** As JSON, the path itself among them; the root is none. */
const prefixes = (path: Path): string[] => path.map((_, index) => JSON.stringify(path.slice(0, index + 1)));

function pathOf(link: Link | undefined): Path {
  const path: (string | number)[] = [];
  for (let at = link; at && at !== ROOT; at = at.before) path.unshift(at.step);
  return path;
}
