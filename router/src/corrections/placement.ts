import { type ConstDirectiveNode, type FieldDefinitionNode, Kind } from 'graphql';
import { argument, type CompositeDefinition, directivesNamed, isExternal } from './join-directives.ts';
import type { PlacedField } from './synthetic-fields.ts';

type Types = ReadonlyMap<string, CompositeDefinition>;

/**
 * Definitions of synthetic fields by the name of the type that they go to: in the graphs that resolve the field they
 * stand for, and, as external, in those that require it with these arguments. One of an interface goes to all that
 * implement it. Call it when the `@requires` of all fields are rewritten: they are copied.
 */
export function placeSynthetic(
  types: Types,
  placed: Iterable<PlacedField>,
  inaccessible: string,
): Map<string, FieldDefinitionNode[]> {
  const definitions = new Map<string, FieldDefinitionNode[]>();
  const place = (type: CompositeDefinition, field: PlacedField, joins: ConstDirectiveNode[]) => {
    const original = fieldOf(type, field.field);
    if (!original) return;
    const definition: FieldDefinitionNode = {
      kind: Kind.FIELD_DEFINITION,
      name: nameNode(field.name),
      type: original.type,
      directives: [...joins, { kind: Kind.DIRECTIVE, name: nameNode(inaccessible) }],
    };
    const name = type.name.value;
    definitions.set(name, [...(definitions.get(name) ?? []), definition]);
  };
  for (const field of placed) {
    const type = types.get(field.type);
    if (!type) continue;
    const left = new Set<unknown>();
    for (const implementer of implementersOf(type, types)) {
      const [kept, dropped] = joinsFor(implementer, field);
      for (const join of dropped) left.add(argument(join, 'graph'));
      place(implementer, field, kept);
    }
    // A graph whose implementers do not have the field cannot have it on the interface.
    const [kept] = joinsFor(type, field);
    const joins = kept.filter((join) => !left.has(argument(join, 'graph')));
    place(type, field, joins);
  }
  return definitions;
}

function implementersOf(type: CompositeDefinition, types: Types): CompositeDefinition[] {
  if (type.kind === Kind.OBJECT_TYPE_DEFINITION) return [];
  return [...types.values()].filter((candidate) =>
    candidate.interfaces?.some(({ name }) => name.value === type.name.value),
  );
}

/** The `@join__field`s that a synthetic field keeps of the one it stands for, and those it does not. */
function joinsFor(
  type: CompositeDefinition,
  field: PlacedField,
): [kept: ConstDirectiveNode[], dropped: ConstDirectiveNode[]] {
  const original = fieldOf(type, field.field);
  const written = original ? directivesNamed(original, 'join__field') : [];
  const joins = written.length > 0 ? written : directivesNamed(type, 'join__type').map(inGraphOf);
  const keeps = (join: ConstDirectiveNode) =>
    !isExternal(join) || field.requiredBy.has(String(argument(join, 'graph')));
  return [joins.filter(keeps), joins.filter((join) => !keeps(join))];
}

/** A field without `@join__field` is in every graph of its type. */
function inGraphOf(typeJoin: ConstDirectiveNode): ConstDirectiveNode {
  const graph = typeJoin.arguments?.filter(({ name }) => name.value === 'graph') ?? [];
  return { kind: Kind.DIRECTIVE, name: nameNode('join__field'), arguments: graph };
}

const fieldOf = (type: CompositeDefinition, name: string) =>
  type.fields?.find((field) => field.name.value === name);

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;
