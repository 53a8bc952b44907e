import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, type Fragments } from './shape/selections.ts';
import type { Tree } from './tree.ts';

/** Whether a root field is of the schema itself. The planner never sees one. */
export const isIntrospection = (field: string): boolean => field === '__schema' || field === '__type';

/** Executes an operation's introspection: fields of the response. Undefined where it has none. */
export type Introspect = (variables: Readonly<Record<string, unknown>>) => Tree;

/** graphql-js does it, over the schema that clients see. */
export function compileIntrospection(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  schema: GraphQLSchema,
): Introspect | undefined {
  const root = schema.getQueryType();
  if (operation.operation !== 'query' || !root) return undefined;
  const fields = collectFields([operation.selectionSet], root, schema, fragments);
  const selections = [...fields.values()].flat().filter(({ name }: FieldNode) => isIntrospection(name.value));
  if (selections.length === 0) return undefined;
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...fragments.values(),
    ],
  };
  return (variables) => {
    const { data, errors } = executeSync({ schema, document, variableValues: { ...variables } });
    if (!data) throw new AggregateError(errors ?? [], 'The schema could not be read.');
    return { ...data };
  };
}
