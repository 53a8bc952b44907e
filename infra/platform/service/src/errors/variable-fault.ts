import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { Limits } from '../limits/limits.ts';
import { coercionFault } from './coercion-fault.ts';

/**
 * What is wrong with an operation's variables. Where they hold more wrong values than are worth reporting, one error
 * says so.
 */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  limits: Limits,
): { readonly tooMany: boolean; readonly errors: readonly GraphQLError[] } {
  const definitions = operation?.variableDefinitions ?? [];
  const { errors = [] } = getVariableValues(schema, definitions, variables ?? {}, {
    maxErrors: limits.variableErrors,
  });
  const [first] = errors;
  if (first === undefined || errors.length <= limits.variableErrors) return { tooMany: false, errors };
  const message = `The variables hold more than ${limits.variableErrors} wrong values; the first: ${first.message}`;
  const field = coercionFault(first, undefined)?.field;
  const extensions = { code: 'BAD_USER_INPUT', field, http: { status: 400 } };
  return { tooMany: true, errors: [new GraphQLError(message, { extensions })] };
}
