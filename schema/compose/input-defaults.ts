import {
  type DocumentNode,
  GraphQLError,
  type InputObjectTypeDefinitionNode,
  type InputObjectTypeExtensionNode,
  Kind,
  type TypeNode,
} from 'graphql';

/**
 * The default values of inputs that filter rows (`…Filter`) or change them (`Update…Input`), and of inputs within them, as
 * errors. The graph gives such a value to each client that does not name the field: rows would be hidden, or reset, that
 * nobody asked about.
 */
export function inputDefaults(typeDefs: DocumentNode): GraphQLError[] {
  const inputs = typeDefs.definitions.filter(isInput);
  const partial = new Set(inputs.map(({ name }) => name.value).filter((name) => PARTIAL.test(name)));
  for (const name of partial) {
    const fields = inputs.filter((each) => each.name.value === name).flatMap((each) => each.fields ?? []);
    for (const { type } of fields) partial.add(namedType(type));
  }
  return inputs.filter(({ name }) => partial.has(name.value)).flatMap(defaultsOf);
}

const PARTIAL = /Filter$|^Update.*Input$/;

type Input = Pick<InputObjectTypeDefinitionNode, 'name' | 'fields'>;

const isInput = (
  node: DocumentNode['definitions'][number],
): node is InputObjectTypeDefinitionNode | InputObjectTypeExtensionNode =>
  node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION;

const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

const defaultsOf = ({ name, fields = [] }: Input): GraphQLError[] =>
  fields
    .filter(({ defaultValue }) => defaultValue)
    .map(
      (field) =>
        new GraphQLError(
          `"${name.value}.${field.name.value}" has a default value, which a client that leaves the field out gives without ` +
            'knowing: a filter hides rows by it, and an update resets them.\nRemove it; a column has its default in store/tables.ts.',
          { nodes: [field], extensions: { code: 'INPUT_DEFAULT' } },
        ),
    );
