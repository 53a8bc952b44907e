import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';

/**
 * What a subgraph's resolvers return for its object types, by convention; a type that none applies to is returned as the
 * schema shapes it.
 *
 * - `Flight` is a `FlightRow`, and `FlightConnection` a page of them, if `store/tables.ts` exports that type.
 * - Another entity is a reference: the fields of its first key. Its other fields have resolvers.
 *
 * Paths are written into the generated file as they are, so they start from `src/generated/`.
 */
export function mappersOf(typeDefs: DocumentNode, tablesModule: string): Record<string, string> {
  const rows = new Set(
    Array.from(tablesModule.matchAll(/^export (?:type|interface) (\w+Row)\b/gm), ([, row]) => row),
  );
  const mappers: Record<string, string> = {};
  for (const type of typeDefs.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const name = type.name.value;
    const node = name.replace(/Connection$/, '');
    const key = keyOf(type);
    if (rows.has(`${name}Row`)) mappers[name] = `../store/tables.ts#${name}Row`;
    else if (rows.has(`${node}Row`)) mappers[name] = `@airline/service#Connection<${node}Row>`;
    else if (key) mappers[name] = `Pick<${name}, ${key.map((field) => `'${field}'`).join(' | ')}>`;
  }
  return mappers;
}

/** The fields of an entity's first key; undefined for a type that is not an entity. */
function keyOf({ directives = [] }: ObjectTypeDefinitionNode): string[] | undefined {
  const isKey = ({ name }: ConstDirectiveNode) => name.value === 'key';
  const fields = directives.find(isKey)?.arguments?.find(({ name }) => name.value === 'fields')?.value;
  if (fields?.kind !== Kind.STRING) return undefined;
  const [selection] = parse(`{ ${fields.value} }`).definitions;
  if (selection?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  return selection.selectionSet.selections.flatMap((field) =>
    field.kind === Kind.FIELD ? field.name.value : [],
  );
}
