import type { ApolloServerPlugin } from '@apollo/server';
import { getOperationAST } from 'graphql';
import { variableErrors } from '../errors/variable-fault.ts';
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
        const { tooMany, errors } = variableErrors(schema, operation, request.variables, limits);
        if (tooMany) throw errors[0];
      },
    }),
  };
}
