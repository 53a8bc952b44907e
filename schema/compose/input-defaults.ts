import { type DocumentNode, GraphQLError, type InputObjectTypeDefinitionNode, Kind } from 'graphql';

/**
 * The default values of inputs that filter rows (`…Filter`) or change them (`Update…Input`), as errors. The graph gives such
 * a value to each client that does not name the field: rows would be hidden, or reset, that nobody asked about.
 */
export const inputDefaults = (typeDefs: DocumentNode): GraphQLError[] =>
  typeDefs.definitions.flatMap((node) => (isPartial(node) ? defaultsOf(node) : []));

type Input = Pick<InputObjectTypeDefinitionNode, 'name' | 'fields'>;

const isPartial = (node: DocumentNode['definitions'][number]): node is Extract<typeof node, Input> =>
  (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) &&
  /Filter$|^Update.*Input$/.test(node.name.value);

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
