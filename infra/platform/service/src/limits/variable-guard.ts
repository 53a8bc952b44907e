import type { ApolloServerPlugin } from '@apollo/server';
import { getOperationAST } from 'graphql';
import { variableErrors } from '../errors/variable-fault.ts';
import type { Limits } from './limits.ts';

/**
 * Refuses an operation with more invalid values in its variables than the limit. Apollo's gateway has no such limit, and
 * makes an error for each invalid value.
 */
export function variableGuard(limits: Limits): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operationName, request }) => {
        // Apollo Server calls this even when the document has no operation of the request's name.
        const operation = getOperationAST(document, operationName);
        const { tooMany, errors } = variableErrors(schema, operation, request.variables, limits);
        if (tooMany) throw errors[0];
      },
    }),
  };
}
