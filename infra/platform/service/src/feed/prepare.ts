import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { HttpRefusal } from '../errors/errors.ts';
import { validateDocument } from '../graphql/validate-document.ts';
import { parseWithin } from '../limits/document-guard.ts';
import type { Limits } from '../limits/limits.ts';
import { variableErrors } from '../limits/variable-fault.ts';

/** Valid documents that are kept: a router whose connection dropped sends all of its own again at once. */
const MAX_VALID = 500;

const refusal = (code: HttpRefusal['code'], message: string) =>
  new GraphQLError(message, { extensions: { code } });

/**
 * Checks what a `subscribe` message asks for as an HTTP request is checked: the limits, then the syntax, the schema's
 * rules and the variables.
 *
 * @returns what to execute, or what is wrong
 */
export function subscriptionGuard(
  schema: GraphQLSchema,
  limits: Limits,
): (payload: SubscribePayload) => ExecutionArgs | readonly GraphQLError[] {
  const valid = new Map<string, DocumentNode>();

  function documentOf(query: string): DocumentNode | readonly GraphQLError[] {
    const known = valid.get(query);
    if (known) return known;
    const document = parseWithin(query, limits);
    const errors = validateDocument(schema, document, { limits });
    if (errors.length > 0) return errors;
    valid.set(query, document);
    for (const oldest of valid.keys()) {
      if (valid.size <= MAX_VALID) break;
      valid.delete(oldest);
    }
    return document;
  }

  function prepare({ query, operationName, variables }: SubscribePayload) {
    const document = documentOf(query);
    if (!('kind' in document)) return document;
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const message = 'Unknown operation. Where the document has several, "operationName" must name one.';
      return [refusal('OPERATION_RESOLUTION_FAILURE', message)];
    }
    if (operation.operation !== 'subscription') {
      const message = `Only subscriptions are served over a WebSocket: send this ${operation.operation} in a POST request.`;
      return [refusal('BAD_REQUEST', message)];
    }
    const { errors } = variableErrors(schema, operation, variables, limits);
    if (errors.length > 0) return errors;
    return { schema, document, operationName, variableValues: variables };
  }

  return (payload) => {
    try {
      return prepare(payload);
    } catch (error) {
      if (error instanceof HttpRefusal) return [refusal(error.code, error.message)];
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  };
}
