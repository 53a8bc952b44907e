import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';
import { isRawNumber } from '../../raw-json.ts';

/** Reads a leaf's value as the client may have it; undefined where it is not of the type. */
export type ReadLeaf = (value: unknown) => unknown;

const isInt = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value;

const specified: Readonly<Record<string, ReadLeaf>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  Int: (value) => (isInt(value) ? value : undefined),
  Float: (value) => {
    if (typeof value === 'number') return value;
    return isRawNumber(value) ? Number(value.rawJSON) : undefined;
  },
  // An ID is serialised as a string, whatever a subgraph keeps it as.
  ID: (value) => {
    if (typeof value === 'string') return value;
    if (Number.isInteger(value)) return String(value);
    return isRawNumber(value) ? value.rawJSON : undefined;
  },
};

export function readLeaf(type: GraphQLLeafType): ReadLeaf {
  if (isEnumType(type)) {
    const names: ReadonlySet<unknown> = new Set(type.getValues().map(({ name }) => name));
    return (value) => (names.has(value) ? value : undefined);
  }
  const read = isSpecifiedScalarType(type) ? specified[type.name] : undefined;
  return read ?? ((value) => value);
}
