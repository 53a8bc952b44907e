import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  type SchemaDefinitionNode,
} from 'graphql';
import { argument, directivesNamed } from './join-directives.ts';

const identity = 'https://specs.apollo.dev/inaccessible';

const linked = parse(`
  schema @link(url: "${identity}/v0.2", for: SECURITY) { query: Query }
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM
    | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
`);

/**
 * The supergraph's definitions with the inaccessible spec (https://specs.apollo.dev/inaccessible/v0.2) linked, and
 * what its directive is called there.
 */
export function linkInaccessible(document: DocumentNode): { document: DocumentNode; directive: string } {
  const links = document.definitions.filter(isSchema).flatMap((schema) => directivesNamed(schema, 'link'));
  const link = links.find((candidate) => String(argument(candidate, 'url')).startsWith(`${identity}/`));
  if (link) return { document, directive: String(argument(link, 'as') ?? 'inaccessible') };
  const [schema, definition] = linked.definitions;
  const added = schema && isSchema(schema) ? (schema.directives ?? []) : [];
  const definitions = document.definitions.map((node) =>
    isSchema(node) ? withDirectives(node, added) : node,
  );
  return {
    document: { ...document, definitions: [...definitions, ...(definition ? [definition] : [])] },
    directive: 'inaccessible',
  };
}

const isSchema = (node: DefinitionNode): node is SchemaDefinitionNode => node.kind === Kind.SCHEMA_DEFINITION;

const withDirectives = (schema: SchemaDefinitionNode, added: readonly ConstDirectiveNode[]) => ({
  ...schema,
  directives: [...(schema.directives ?? []), ...added],
});
