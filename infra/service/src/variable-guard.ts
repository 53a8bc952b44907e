import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, getOperationAST, getVariableValues } from 'graphql';
import { coercionFault } from './coercion-fault.ts';
import type { Limits } from './limits.ts';

/**
 * Refuses an operation whose variables hold more wrong values than are worth reporting. Apollo's gateway reads variables
 * without such a bound, and makes an error for each wrong one.
 */
export function variableGuard(limits: Limits): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operationName, request }) => {
        // Apollo Server calls this even when the request names no operation of the document.
        const operation = getOperationAST(document, operationName);
        const definitions = operation?.variableDefinitions ?? [];
        const { errors } = getVariableValues(schema, definitions, request.variables ?? {}, {
          maxErrors: limits.variableErrors,
        });
        const [first] = errors ?? [];
        if (errors === undefined || first === undefined || errors.length <= limits.variableErrors) return;
        const message = `The variables hold more than ${limits.variableErrors} wrong values; the first: ${first.message}`;
        const field = coercionFault(first, undefined)?.field;
        throw new GraphQLError(message, {
          extensions: { code: 'BAD_USER_INPUT', field, http: { status: 400 } },
        });
      },
    }),
  };
}
