import { Kind } from 'graphql';
import { keysOf } from './field-sets.ts';
import type { CompositeDefinition } from './join-directives.ts';
import type { EntityKeys } from './translations.ts';

/** @param subgraphs the names of subgraphs, by those of their graphs */
export function entityKeys(
  types: Iterable<CompositeDefinition>,
  subgraphs: ReadonlyMap<string, string>,
): EntityKeys {
  const found = new Map([...subgraphs.values()].map((name) => [name, new Map<string, string[][]>()]));
  for (const type of types) {
    for (const { graph, key } of keysOf(type)) {
      const ofSubgraph = found.get(subgraphs.get(graph) ?? '');
      const names = key.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []));
      ofSubgraph?.set(type.name.value, [...(ofSubgraph.get(type.name.value) ?? []), names]);
    }
  }
  return found;
}
