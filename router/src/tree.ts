import { isObject, isRawNumber } from './raw-json.ts';

/** An object of the merged response: the subgraphs' fields by their response names. */
export type Tree = Record<string, unknown>;

export const isTree: (value: unknown) => value is Tree = isObject;

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Merges what a subgraph returned into the response, in place: objects field by field, lists of one length element by
 * element; anything else is replaced. Parts of `source` become parts of `target`.
 *
 * @param adds whether it only adds to what is known, and replaces nothing: false by default
 * @param isVague whether the name of a type says less than others, which then stay, whichever is newer: none by default
 */
export function merge(target: Tree, source: Tree, adds = false, isVague: IsVague = () => false): void {
  for (const key in source) {
    // No response name is `__proto__`: a client's alias of that name is isolated before planning.
    if (key === '__proto__') continue;
    const value = source[key];
    const known = target[key];
    if (isNested(value) && isNested(known)) target[key] = mergeNested(known, value, adds, isVague);
    else if (known === undefined) target[key] = value;
    else if (key === '__typename' && known !== value) target[key] = typeOf(known, value, adds, isVague);
    else if (!adds) target[key] = value;
  }
}

type IsVague = (typename: unknown) => boolean;

function typeOf(known: unknown, value: unknown, adds: boolean, isVague: IsVague): unknown {
  const [preferred, other] = adds ? [known, value] : [value, known];
  return isVague(preferred) ? other : preferred;
}

function mergeNested(known: object, value: object, adds: boolean, isVague: IsVague): object {
  const preferred = adds ? known : value;
  if (isRawNumber(known) || isRawNumber(value)) return preferred;
  if (isTree(known) && isTree(value)) {
    merge(known, value, adds, isVague);
    return known;
  }
  if (!Array.isArray(known) || !Array.isArray(value) || known.length !== value.length) return preferred;
  value.forEach((element: unknown, index) => {
    const old: unknown = known[index];
    if (isNested(old) && isNested(element)) known[index] = mergeNested(old, element, adds, isVague);
    else if (!adds) known[index] = element;
  });
  return known;
}

/** A copy that shares nothing which a later merge could write into. */
export function copy<Value>(value: Value): Value {
  // A list or an object of what it was.
  if (Array.isArray(value)) return value.map(copy) as Value;
  if (!isNested(value) || isRawNumber(value)) return value;
  const copied: Tree = {};
  for (const [key, inner] of Object.entries(value)) setField(copied, key, copy(inner));
  return copied as Value;
}

/** Sets a field by any name: a client's alias, or a key of a scalar that is JSON, may be `__proto__`. */
export function setField(object: Tree, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
