import { Kind, type SelectionSetNode } from 'graphql';
import type { RenamingTree, Requirement, SyntheticField } from './translations.ts';

type Fields = ReadonlyMap<string, SyntheticField>;

/** What a `@requires` reads, from its selection set with synthetic fields. */
export function requirementOf(set: SelectionSetNode, fields: Fields): Requirement {
  const requirement = new Map<string, Set<string>>();
  const collect = ({ selections }: SelectionSetNode, prefix: string) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet, prefix);
        continue;
      }
      const name = selection.name.value;
      const path = `${prefix}${fields.get(name)?.field ?? name}`;
      requirement.set(path, (requirement.get(path) ?? new Set()).add(name));
      if (selection.selectionSet) collect(selection.selectionSet, `${path}.`);
    }
  };
  collect(set, '');
  return requirement;
}

export const renamingTree = (): RenamingTree => ({ names: new Map(), below: new Map() });

/** Adds to the tree where a selection set has synthetic fields. */
export function addRenamings(tree: RenamingTree, set: SelectionSetNode, fields: Fields): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      addRenamings(tree, selection.selectionSet, fields);
      continue;
    }
    const name = selection.name.value;
    const synthetic = fields.get(name);
    if (synthetic) tree.names.set(name, synthetic.field);
    if (!selection.selectionSet) continue;
    const below = tree.below.get(name) ?? renamingTree();
    addRenamings(below, selection.selectionSet, fields);
    if (below.names.size + below.below.size > 0) tree.below.set(name, below);
  }
}
