import { withCode } from '@airline/service/server';
import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { withoutUnusedVariables } from '../corrections/index.ts';
import { operationDocument } from '../pipeline/conditions.ts';
import type { Run } from './run.ts';
import { collectFields, type Fragments } from './shape/selections.ts';

/** Whether a root field is of the schema itself. The planner never sees one. */
export const isIntrospection = (field: string): boolean => field === '__schema' || field === '__type';

/** Executes an operation's introspection into the response. Undefined where it has none. */
export type Introspect = (run: Pick<Run, 'root' | 'variables' | 'errors'>) => void;

/**
 * graphql-js does it, over the schema that clients see.
 *
 * @param original the client's names of variables that the operation has under others
 */
export function compileIntrospection(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  schema: GraphQLSchema,
  original: ReadonlyMap<string, string>,
): Introspect | undefined {
  const root = schema.getQueryType();
  if (operation.operation !== 'query' || !root) return undefined;
  const fields = collectFields([operation.selectionSet], root, schema, fragments);
  const selections = [...fields.values()].flat().filter(({ name }: FieldNode) => isIntrospection(name.value));
  if (selections.length === 0) return undefined;
  const document = documentOf(
    { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
    fragments,
  );
  return ({ root: response, variables, errors }) => {
    const given = { ...variables };
    for (const [name, client] of original) given[name] = variables[client];
    const result = executeSync({ schema, document, variableValues: given });
    Object.assign(response, result.data);
    for (const error of result.errors ?? []) errors.push(readError(error));
  };
}

/** Without the variables of other fields, whose values may be in forms that graphql-js does not know. */
const documentOf = (operation: OperationDefinitionNode, fragments: Fragments): DocumentNode =>
  withoutUnusedVariables(
    operationDocument({ kind: Kind.DOCUMENT, definitions: [...fragments.values()] }, operation),
  );

/** What the schema cannot be read for is a value of the client's. */
function readError(error: GraphQLError): Run['errors'][number] {
  const { message, path, extensions } = withCode(error, 'BAD_USER_INPUT');
  return { message, place: path && { path }, extensions };
}
