import { Kind, type SelectionSetNode } from 'graphql';
import { type CompositeDefinition, isInterfaceObject } from './join-directives.ts';
import type { RequiredOfObjects } from './translations.ts';

/** A `@requires` as the supergraph has it. */
export interface Required {
  readonly graph: string;
  readonly type: string;
  readonly field: string;
  readonly set: SelectionSetNode;
}

/** @param subgraphs the names of subgraphs, by those of their graphs */
export function requiredOfObjects(
  required: readonly Required[],
  types: ReadonlyMap<string, CompositeDefinition>,
  subgraphs: ReadonlyMap<string, string>,
): RequiredOfObjects {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { graph, type, field, set } of required) {
    const definition = types.get(type);
    if (!definition || !isInterfaceObject(definition, graph)) continue;
    const subgraph = subgraphs.get(graph) ?? graph;
    const names = set.selections.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : []));
    found.set(subgraph, (found.get(subgraph) ?? new Map()).set(`${type}.${field}`, new Set(names)));
  }
  return found;
}
