import type { ResponsePath } from '@apollo/query-planner';
import { isTree, type Tree } from '../tree.ts';

/** Where an object is in the response: response names and list indexes. */
export type Path = readonly (string | number)[];

/** What an error is about: what is at a path of the merged response or, of the object there, these fields. */
export interface ErrorPlace {
  readonly path: Path;
  readonly fields?: readonly string[];
}

/** Adds the objects at a plan's path, in the response's order; lists on the way are entered, nulls passed over. */
export function collectTargets(value: unknown, path: ResponsePath, step: number, into: Tree[]): void {
  if (Array.isArray(value)) {
    const next = path[step] === '@' ? step + 1 : step;
    for (const element of value) collectTargets(element, path, next, into);
    return;
  }
  if (!isTree(value)) return;
  const name = path[step];
  if (name === undefined) into.push(value);
  else collectTargets(value[name], path, step + 1, into);
}

/** The same objects with their paths, for errors. */
export function locateTargets(root: Tree, path: ResponsePath): { target: Tree; at: Path }[] {
  const found: { target: Tree; at: Path }[] = [];
  const locate = (value: unknown, step: number, at: Path): void => {
    if (Array.isArray(value)) {
      const next = path[step] === '@' ? step + 1 : step;
      value.forEach((element, index) => {
        locate(element, next, [...at, index]);
      });
      return;
    }
    if (!isTree(value)) return;
    const name = path[step];
    if (name === undefined) found.push({ target: value, at });
    else locate(value[name], step + 1, [...at, name]);
  };
  locate(root, 0, []);
  return found;
}
