import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * The first root selection of a document's subscriptions with @skip or @include, which the GraphQL specification
 * forbids from its September 2025 edition on (section 5.2.4.1). graphql-js 16 throws on it instead, in validation or
 * in execution.
 */
export function conditionalRoot({ definitions }: DocumentNode): SelectionNode | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const seen = new Set<string>();

  function setOf(selection: SelectionNode): SelectionSetNode | undefined {
    if (selection.kind === Kind.FIELD) return undefined;
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet;
    const { value } = selection.name;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return fragments.get(value)?.selectionSet;
  }

  function conditionalOf({ selections }: SelectionSetNode): SelectionNode | undefined {
    for (const selection of selections) {
      const directives = selection.directives ?? [];
      if (directives.some(({ name }) => name.value === 'skip' || name.value === 'include')) return selection;
      const inner = setOf(selection);
      const found = inner && conditionalOf(inner);
      if (found) return found;
    }
    return undefined;
  }

  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION || node.operation !== 'subscription') continue;
    const found = conditionalOf(node.selectionSet);
    if (found) return found;
  }
  return undefined;
}
