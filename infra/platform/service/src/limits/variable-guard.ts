import type { ApolloServerPlugin } from '@apollo/server';
import { getOperationAST } from 'graphql';
import type { Limits } from './limits.ts';
import { variableErrors } from './variable-fault.ts';

/**
 * Refuses an operation for what Apollo Server would take: a text that no client may send, and more invalid values in its
 * variables than the limit.
 */
export function variableGuard(limits: Limits): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operationName, request }) => {
        // Apollo Server calls this even when the document has no operation of the request's name.
        const operation = getOperationAST(document, operationName);
        const { isOwn, errors } = variableErrors(schema, operation, request.variables, limits);
        if (isOwn) throw errors[0];
      },
    }),
  };
}
