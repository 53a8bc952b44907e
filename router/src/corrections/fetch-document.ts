import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

/** A fetch's operation as a syntax tree. */
export const documentOf = ({ operation }: FetchNode): DocumentNode => parse(operation, { noLocation: true });

/** What a fetch selects: on the root, or on the entities that it is for. */
export function selectionsOf(fetch: FetchNode): SelectionSetNode {
  const { selectionSet } = operationOf(documentOf(fetch));
  const [entities] = selectionSet.selections;
  const inside = fetch.requires && entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  return inside ?? selectionSet;
}

/** The planner writes fetches without fragments, so one is a single operation. */
export function operationOf(document: DocumentNode): OperationDefinitionNode {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A fetch is not one operation.');
  return operation;
}

/** Fields of one name that do not merge have an alias of the planner's, until their data is renamed. */
export const withoutAlias = (name: string): string => name.replace(/__alias_\d+$/, '');

/** For the planner's own conditions: `@skip` and `@include` are resolved before an operation is planned. */
export const unresolved = (): Error =>
  new Error('A plan has a condition, though conditions are resolved before an operation is planned.');

/** The fetch with another document. */
export const withDocument = (fetch: FetchNode, document: DocumentNode): FetchNode => ({
  ...fetch,
  operation: stripIgnoredCharacters(print(document)),
});

/** A document without the variables that nothing in it uses any more: subgraphs refuse those. */
export function withoutUnusedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const isUsed = ({ variable }: { variable: { name: { value: string } } }) => used.has(variable.name.value);
  const definitions = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, variableDefinitions: definition.variableDefinitions?.filter(isUsed) ?? [] }
      : definition,
  );
  return { ...document, definitions };
}
