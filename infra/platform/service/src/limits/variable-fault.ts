import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { coercionFault } from '../errors/coercion-fault.ts';
import type { Limits } from './limits.ts';
import { variableTextError } from './variable-texts.ts';

/**
 * The errors of an operation's variables; one error for all of them beyond the limit.
 *
 * @returns isOwn: whether graphql-js would not report the same
 */
export function variableErrors(
  schema: GraphQLSchema,
  operation: Pick<OperationDefinitionNode, 'variableDefinitions'> | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  limits: Limits,
): { readonly isOwn: boolean; readonly errors: readonly GraphQLError[] } {
  const definitions = operation?.variableDefinitions ?? [];
  const textError = variableTextError(definitions, variables ?? {}, limits);
  if (textError) return { isOwn: true, errors: [textError] };
  const { errors = [] } = getVariableValues(schema, definitions, variables ?? {}, {
    maxErrors: limits.variableErrors,
  });
  const [first] = errors;
  if (first === undefined || errors.length <= limits.variableErrors) return { isOwn: false, errors };
  const message = `More than ${limits.variableErrors} values in variables are invalid; the first: ${first.message}`;
  const field = coercionFault(first, undefined)?.field;
  const extensions = { code: 'BAD_USER_INPUT', field, http: { status: 400 } };
  return { isOwn: true, errors: [new GraphQLError(message, { extensions })] };
}
