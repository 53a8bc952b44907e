import type { FormatError } from '@airline/service/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RawResult } from '../executor/execution.ts';
import type { Deferred, OperationResult } from '../request.ts';

/** Errors as a client may see them: known codes as they are, all else masked. */
export type ShapeErrors = (errors: readonly unknown[]) => GraphQLFormattedError[];

/** Errors of a response or of a deferred part: a fault of a fetch is at each path that it was to fill. */
const MOST_ERRORS = 100;

/** How graphql-js ends a message with names of the schema that are like a wrong one. */
const SUGGESTION = / Did you mean .*\?$/s;

/** @param suggests whether messages may suggest names of the schema; true by default */
export function createShape(format: FormatError, suggests = true): ShapeErrors {
  const shaped = (error: unknown): GraphQLFormattedError => {
    const plain: GraphQLFormattedError =
      error instanceof GraphQLError ? error.toJSON() : { message: 'Internal server error' };
    const extensions = { ...plain.extensions, code: plain.extensions?.code ?? 'INTERNAL_SERVER_ERROR' };
    const formatted = format({ ...plain, extensions }, error);
    return suggests ? formatted : { ...formatted, message: formatted.message.replace(SUGGESTION, '') };
  };
  return (errors) => {
    if (errors.length <= MOST_ERRORS) return errors.map(shaped);
    const first = errors.slice(0, MOST_ERRORS - 1);
    return [...first.map(shaped), omitted(errors.length - first.length)];
  };
}

const omitted = (count: number): GraphQLFormattedError => ({
  message: `There are ${count} more errors; they are not listed.`,
  extensions: { code: 'ERRORS_OMITTED' },
});

/** The last stage before a result is written. */
export function shapeResult({ data, errors, deferred }: RawResult, shape: ShapeErrors): OperationResult {
  return {
    ...(errors && errors.length > 0 && { errors: shape(errors) }),
    ...(data !== undefined && { data }),
    ...(deferred && { deferred: { ...deferred, increments: shapeIncrements(deferred, shape) } }),
  };
}

async function* shapeIncrements({ increments }: Deferred<unknown>, shape: ShapeErrors) {
  for await (const { parts, ...delivery } of increments) {
    const shaped = parts.map(({ errors, ...part }) => (errors ? { ...part, errors: shape(errors) } : part));
    yield { ...delivery, parts: shaped };
  }
}
