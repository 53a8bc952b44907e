import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';

/** A fetch's operation as a syntax tree. */
export const documentOf = (fetch: FetchNode): DocumentNode =>
  fetch.operationDocumentNode ?? parse(fetch.operation, { noLocation: true });

/** The fetch with another document, in both forms that it has it. */
export const withDocument = (fetch: FetchNode, document: DocumentNode): FetchNode => ({
  ...fetch,
  operation: stripIgnoredCharacters(print(document)),
  ...(fetch.operationDocumentNode ? { operationDocumentNode: document } : {}),
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
