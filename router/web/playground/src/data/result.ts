import { GraphQLError } from 'graphql';
import type { ExecutionResult } from 'graphql-ws';

/**
 * What GraphiQL shows in its response pane. Its types ask for graphql-js's own errors; it prints whatever they are, as
 * JSON.
 */
export type Result = ExecutionResult<Record<string, unknown>, Record<string, unknown>>;

/** In place of the router's response, when there is none. */
export function failure(message: string): Result {
  return { errors: [new GraphQLError(message)] };
}
