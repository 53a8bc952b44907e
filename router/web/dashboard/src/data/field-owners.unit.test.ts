import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { expect, test } from 'vitest';
import { ownerOf } from './services-away.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const schema = buildSchema(read('../../../../../schema/supergraph.graphql'), { assumeValidSDL: true });
const page = parse(read('documents.graphql'));

/** The services that resolve a field, by the directives of the supergraph. */
function servicesOf(type: GraphQLObjectType, field: string): string[] {
  const graphs = (name: string, directives: readonly ConstDirectiveNode[] = []) =>
    directives
      .filter((directive) => directive.name.value === name)
      .flatMap(({ arguments: given = [] }) => given.filter((argument) => argument.name.value === 'graph'))
      .flatMap(({ value }) => (value.kind === Kind.ENUM ? value.value.toLowerCase() : []));
  const own = graphs('join__field', type.getFields()[field]?.astNode?.directives);
  return own.length > 0 ? own : graphs('join__type', type.astNode?.directives);
}

/** The leaves of a document whose failure would be told of another service. */
function misattributed(document: DocumentNode): string[] {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const set =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection.selectionSet
          : fragments.get(selection.name.value);
      return set ? fieldsOf(set) : [];
    });
  const walk = (type: GraphQLObjectType, set: SelectionSetNode, before: readonly string[]): string[] =>
    fieldsOf(set).flatMap(({ name, alias, selectionSet }) => {
      const field = type.getFields()[name.value];
      if (!field) return [];
      const path = [...before, (alias ?? name).value];
      const below = getNamedType(field.type);
      if (selectionSet && isObjectType(below)) return walk(below, selectionSet, path);
      const [service, ...others] = servicesOf(type, name.value);
      return others.length === 0 && service !== ownerOf(path) ? [`${path.join('.')} is of ${service}`] : [];
    });
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'subscription') return [];
    const root = schema.getRootType(definition.operation);
    return root ? walk(root, definition.selectionSet, []) : [];
  });
}

test('a field that fails is told of its own service, for each that the page asks for', () => {
  expect(misattributed(page), 'add the field to `owners` in services-away.ts, or what is above it').toEqual(
    [],
  );
});

test('control: a field of another service below a known one is named', () => {
  const text =
    '{ customerInfos { nodes { customer { ...C } } } } fragment C on Customer { bills: payments { totalCount } }';
  expect(misattributed(parse(text))).toEqual(['customerInfos.nodes.customer.bills.totalCount is of payment']);
});
