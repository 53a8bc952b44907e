import type { ConstDirectiveNode } from 'graphql';
import { argument, type CompositeDefinition, directivesNamed, isExternal } from './join-directives.ts';
import type { PlacedField } from './synthetic-fields.ts';

type Types = ReadonlyMap<string, CompositeDefinition>;

/**
 * The types without the external fields that only a `@requires` with arguments used: an external field that nothing
 * uses is an error in a supergraph. One that an interface of the same graph has stays.
 */
export function dropUnusedExternals(
  types: Types,
  placed: Iterable<PlacedField>,
): Map<string, CompositeDefinition> {
  const corrected = new Map(types);
  for (const { type: name, field, requiredBy } of placed) {
    const type = corrected.get(name);
    if (!type?.fields) continue;
    const isUnused = (directive: ConstDirectiveNode) => {
      const graph = String(argument(directive, 'graph'));
      const external = directive.name.value === 'join__field' && isExternal(directive);
      return external && requiredBy.has(graph) && !isOfInterface(type, field, graph, types);
    };
    const fields = type.fields.map((definition) =>
      definition.name.value === field
        ? { ...definition, directives: (definition.directives ?? []).filter((join) => !isUnused(join)) }
        : definition,
    );
    corrected.set(name, { ...type, fields });
  }
  return corrected;
}

/** Whether the type implements, in that graph, an interface with the field. */
function isOfInterface(type: CompositeDefinition, field: string, graph: string, types: Types): boolean {
  return directivesNamed(type, 'join__implements').some((join) => {
    const definition = types
      .get(String(argument(join, 'interface')))
      ?.fields?.find(({ name }) => name.value === field);
    if (argument(join, 'graph') !== graph || !definition) return false;
    const joins = directivesNamed(definition, 'join__field');
    return joins.length === 0 || joins.some((candidate) => argument(candidate, 'graph') === graph);
  });
}
