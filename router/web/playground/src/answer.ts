import { GraphQLError } from 'graphql';
import type { ExecutionResult } from 'graphql-ws';

/**
 * What GraphiQL shows in its response pane. Its types ask for graphql-js's own errors; it prints whatever they are, as
 * JSON.
 */
export type Answer = ExecutionResult<Record<string, unknown>, Record<string, unknown>>;

/** In place of the router's answer, when there is none. */
export function failure(message: string): Answer {
  return { errors: [new GraphQLError(message)] };
}
