import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import { documentOf, operationOf } from '../corrections/index.ts';

/** The entities that one text asks for: of which response name, and by which variable. */
export interface EntityField {
  readonly field: string;
  readonly representations: string;
}

const ENTITIES = '_entities';
const REPRESENTATIONS = 'representations';
export const single: EntityField = { field: ENTITIES, representations: REPRESENTATIONS };

/**
 * One text for several fetches of entities: each `_entities` under an alias of its own, with representations of its own.
 * What else they take from the client's variables has one meaning in all of them.
 */
export function joinTexts(fetches: readonly FetchNode[]): { text: string; fields: EntityField[] } {
  const fields = fetches.map((_, index) => ({
    field: `_${index}`,
    representations: `${REPRESENTATIONS}_${index}`,
  }));
  const operations = fetches.map((fetch, index) =>
    operationOf(renamed(documentOf(fetch), fields[index] ?? single)),
  );
  const [first] = operations;
  if (!first) throw new Error('There are no fetches to join.');
  const variables = new Map(
    operations.flatMap(({ variableDefinitions = [] }) =>
      variableDefinitions.map((definition) => [definition.variable.name.value, definition] as const),
    ),
  );
  const selections = operations.flatMap(({ selectionSet }) => selectionSet.selections);
  const joined: OperationDefinitionNode = {
    ...first,
    variableDefinitions: [...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  return { text: stripIgnoredCharacters(print(joined)), fields };
}

function renamed(document: DocumentNode, { field, representations }: EntityField): DocumentNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return visit(document, {
    Field: (node): FieldNode | undefined =>
      node.name.value === ENTITIES ? { ...node, alias: name(field) } : undefined,
    Variable: (node) =>
      node.name.value === REPRESENTATIONS ? { ...node, name: name(representations) } : undefined,
  });
}

/** What two fetches must share to be asked for by one text: all but the operation's name, which the planner numbers. */
export function nameless(fetch: FetchNode): string {
  const { name: _, ...operation } = operationOf(documentOf(fetch));
  return print(operation) + JSON.stringify(fetch.outputRewrites ?? []);
}
