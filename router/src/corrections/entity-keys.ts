import { Kind } from 'graphql';
import { parseFieldSet } from './field-sets.ts';
import { argument, type CompositeDefinition, directivesNamed } from './join-directives.ts';
import type { EntityKeys } from './translations.ts';

/** @param subgraphs the names of subgraphs, by those of their graphs */
export function entityKeys(
  types: Iterable<CompositeDefinition>,
  subgraphs: ReadonlyMap<string, string>,
): EntityKeys {
  const found = new Map([...subgraphs.values()].map((name) => [name, new Map<string, string[][]>()]));
  for (const type of types) {
    for (const join of directivesNamed(type, 'join__type')) {
      const key = argument(join, 'key');
      const ofSubgraph = found.get(subgraphs.get(String(argument(join, 'graph'))) ?? '');
      if (typeof key !== 'string' || !ofSubgraph) continue;
      const { selections } = parseFieldSet(key);
      const names = selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []));
      ofSubgraph.set(type.name.value, [...(ofSubgraph.get(type.name.value) ?? []), names]);
    }
  }
  return found;
}
