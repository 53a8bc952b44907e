import { Kind, type SelectionSetNode } from 'graphql';

/** What a field set selects of a value. */
export function picked(value: unknown, set: SelectionSetNode): unknown {
  if (Array.isArray(value)) return value.map((element) => picked(element, set));
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = new Map(Object.entries(value));
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return [picked(value, selection.selectionSet)];
    const inner = entries.get(selection.name.value);
    return [selection.selectionSet ? picked(inner, selection.selectionSet) : (inner ?? null)];
  });
}
