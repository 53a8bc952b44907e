import type { FetchDataKeyRenamer, ResponsePath } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isTree, type Tree } from '../tree.ts';
import { isOfType } from './is-of-type.ts';
import { conditionOf } from './representation-writer.ts';
import { locateTargets, type Path } from './targets.ts';

/** Objects that are asked for with the same values of the context. */
export interface ContextGroup {
  /** Arguments that the planner has made of `@fromContext`, by variable. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly targets: ReadonlySet<Tree>;
}

/** The objects at a path by what the objects around them bring for `@fromContext`. */
export function groupByContext(
  root: Tree,
  path: ResponsePath,
  rewrites: readonly FetchDataKeyRenamer[],
  schema: GraphQLSchema,
): ContextGroup[] {
  const located = locateTargets(root, path).map(({ target, at }) => {
    const values: Record<string, unknown> = {};
    for (const { path: steps, renameKeyTo } of rewrites) {
      if (values[renameKeyTo] === undefined) values[renameKeyTo] = valueAt(root, at, steps, schema);
    }
    return { target, values, key: JSON.stringify(values) };
  });
  return [...Map.groupBy(located, ({ key }) => key).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ values: first.values, targets: new Set(group.map(({ target }) => target)) }] : [];
  });
}

/** The value that a rewrite's path leads to: `..` to the object around, type conditions, then fields. */
function valueAt(root: Tree, at: Path, steps: readonly string[], schema: GraphQLSchema): unknown {
  const above = steps.filter((step) => step === '..').length;
  let value: unknown = objectAt(root, outwards(at, above));
  for (const step of steps.slice(above)) {
    const condition = conditionOf(step);
    if (condition === undefined) value = inside(value, step);
    else if (!isTree(value) || !isOfType(schema, value.__typename, condition)) return undefined;
  }
  return value;
}

const inside = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value.map((element) => inside(element, name));
  if (value === null) return null;
  return isTree(value) ? value[name] : undefined;
};

/** The path of the object that is so many fields further out. */
function outwards(at: Path, fields: number): Path {
  const names = at.flatMap((step, index) => (typeof step === 'string' ? [index] : []));
  return fields === 0 ? at : at.slice(0, names.at(-fields) ?? 0);
}

function objectAt(root: Tree, path: Path): unknown {
  let value: unknown = root;
  for (const step of path) value = Array.isArray(value) ? value[Number(step)] : inside(value, String(step));
  return value;
}
