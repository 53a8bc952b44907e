import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  visit,
} from 'graphql';

/** Reads the directives of the join spec (https://specs.apollo.dev/join/v0.5) off a supergraph's syntax tree. */

export type CompositeDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const isComposite = (node: { kind: string }): node is CompositeDefinition =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** An argument's string, enum value or boolean; undefined where it is absent. */
export function argument(directive: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = directive.arguments?.find((candidate) => candidate.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}

export const directivesNamed = (node: { directives?: readonly ConstDirectiveNode[] }, name: string) =>
  (node.directives ?? []).filter((directive) => directive.name.value === name);

/** The values of join__Graph with the subgraphs' names. */
export function graphNames(document: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const [graph] = directivesNamed(value, 'join__graph');
      const name = graph && argument(graph, 'name');
      if (typeof name === 'string') names.set(value.name.value, name);
    }
  }
  return names;
}

/** Whether a `@join__field` says that its graph does not resolve the field. */
export const isExternal = (join: ConstDirectiveNode) =>
  argument(join, 'external') === true ||
  (argument(join, 'usedOverridden') === true && argument(join, 'overrideLabel') === undefined);

/** Whether this graph, or any, has the type, an interface, as an object type. */
export const isInterfaceObject = (type: CompositeDefinition, graph?: string) =>
  directivesNamed(type, 'join__type').some(
    (join) =>
      argument(join, 'isInterfaceObject') === true &&
      (graph === undefined || argument(join, 'graph') === graph),
  );

/** Whether a graph resolves a field of one of its types: without `@join__field`, all graphs of the type do. */
export function resolvesField(field: FieldDefinitionNode, graph: string): boolean {
  const joins = directivesNamed(field, 'join__field');
  return joins.length === 0 || joins.some((join) => argument(join, 'graph') === graph && !isExternal(join));
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The labels of progressive `@override`s, in order of their names. */
export function overrideLabels(supergraphSdl: string): readonly string[] {
  if (!supergraphSdl.includes('overrideLabel')) return [];
  const labels = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    Directive: (directive) => {
      // A supergraph's definitions have constant directives.
      const label = argument(directive as ConstDirectiveNode, 'overrideLabel');
      if (typeof label === 'string') labels.add(label);
    },
  });
  return [...labels].sort();
}
