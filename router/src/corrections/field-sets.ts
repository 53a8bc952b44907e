import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode, visit } from 'graphql';
import { argument, type CompositeDefinition, directivesNamed } from './join-directives.ts';

/** A federation field set (`id passport { number }`) as a selection set. */
export function parseFieldSet(fieldSet: string): SelectionSetNode {
  const { definitions } = parse(`{${fieldSet}}`, { noLocation: true });
  // Braces alone are parsed as a query.
  return (definitions[0] as OperationDefinitionNode).selectionSet;
}

/** The keys of a type, each by the graph that has it. */
export function keysOf(
  type: CompositeDefinition,
): { readonly graph: string; readonly key: SelectionSetNode }[] {
  return directivesNamed(type, 'join__type').flatMap((join) => {
    const key = argument(join, 'key');
    return typeof key === 'string'
      ? [{ graph: String(argument(join, 'graph')), key: parseFieldSet(key) }]
      : [];
  });
}

/** The names of all fields in the keys of the types, in their `@fromContext` and in the field sets given, and `__typename`. */
export function fetchedNames(
  types: Iterable<CompositeDefinition>,
  required: readonly SelectionSetNode[],
): Set<string> {
  const all = [...types];
  const keys = all.flatMap((type) => keysOf(type).map(({ key }) => key));
  const names = new Set(['__typename']);
  for (const set of [...keys, ...required]) {
    visit(set, { Field: ({ name }) => void names.add(name.value) });
  }
  for (const type of all) {
    // Of a `contextArguments`. The types that its text names are among the names, which does no harm.
    visit(type, {
      ObjectField: ({ name, value }) => {
        if (name.value !== 'selection' || value.kind !== Kind.STRING) return;
        for (const word of value.value.match(/\w+/g) ?? []) names.add(word);
      },
    });
  }
  return names;
}
