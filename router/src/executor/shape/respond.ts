import { GraphQLError } from 'graphql';
import type { Run } from '../run.ts';
import type { Path } from '../targets.ts';
import { isTree, type Tree } from '../tree.ts';
import type { Completer, Link, Walk } from './completers.ts';

/** A response before its errors are masked. */
export interface Response {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLError[];
}

/**
 * Shapes the merged response, and explains its nulls: one that the schema forbids or that nobody returned is an error at
 * its path, unless an error of a fetch is on the way to it or below it.
 */
export function respond(shape: Completer, run: Run): Response {
  const walk = walkOf(run);
  const data = treeOf(shape.complete(run.root, walk, undefined));
  if (walk.problems === 0 && run.errors.length === 0) return { data };
  const errors = run.errors.map(({ message, path, extensions }) => {
    const located = path && locate(shape, path);
    return new GraphQLError(message, { path: located?.length ? located : null, extensions });
  });
  if (walk.problems > 0) errors.push(...unexplained(shape, run, errors));
  return errors.length > 0 ? { data, errors } : { data };
}

const walkOf = ({ withoutEntity }: Run): Walk => ({ problems: 0, found: [], withoutEntity });

const treeOf = (value: unknown): Tree | null => (isTree(value) ? value : null);

/** A path in the client's names, as far as it leads through what the client has selected. */
function locate(shape: Completer, path: Path): Path {
  const located: (string | number)[] = [];
  let completer: Completer | undefined = shape;
  for (const step of path) {
    if (typeof step === 'number') {
      completer = completer?.element;
      if (!completer) break;
      located.push(step);
      continue;
    }
    const name = step.replace(/__alias_\d+$/, '');
    const field: ReturnType<Completer['field']> = completer?.field(step) ?? completer?.field(name);
    if (!field) break;
    located.push(field.key);
    completer = typeof field.completer === 'string' ? undefined : field.completer;
  }
  return located;
}

const ROOT: Link = { before: undefined, step: '' };

function unexplained(shape: Completer, run: Run, errors: readonly GraphQLError[]): GraphQLError[] {
  const walk = walkOf(run);
  shape.complete(run.root, walk, ROOT);
  const paths = errors.flatMap(({ path }) => (path ? [path] : []));
  const exact = new Set(paths.map((path) => JSON.stringify(path)));
  const towards = new Set(paths.flatMap((path) => prefixes(path)));
  return walk.found.flatMap(({ message, at }) => {
    const path = pathOf(at);
    const explained = towards.has(JSON.stringify(path)) || prefixes(path).some((prefix) => exact.has(prefix));
    return explained ? [] : [new GraphQLError(message, { path })];
  });
}

/** As JSON, the path itself among them; the root is none. */
const prefixes = (path: Path): string[] => path.map((_, index) => JSON.stringify(path.slice(0, index + 1)));

function pathOf(link: Link | undefined): Path {
  const path: (string | number)[] = [];
  for (let at = link; at && at !== ROOT; at = at.before) path.unshift(at.step);
  return path;
}
