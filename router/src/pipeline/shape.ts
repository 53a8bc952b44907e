import type { FormatError } from '@airline/service/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Deferred, OperationResult } from '../request.ts';

/** Errors as a client may see them: known codes as they are, all else masked. */
export type ShapeErrors = (errors: readonly unknown[]) => GraphQLFormattedError[];

/** What an executor returns; its errors may show internals. */
export interface RawResult {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
  readonly deferred?: Deferred<unknown> | undefined;
}

/** How graphql-js ends a message with names of the schema that are like a wrong one. */
const SUGGESTION = / Did you mean .*\?$/s;

/** @param suggests whether messages may suggest names of the schema; true by default */
export function createShape(format: FormatError, suggests = true): ShapeErrors {
  return (errors) =>
    errors.map((error) => {
      const plain: GraphQLFormattedError =
        error instanceof GraphQLError ? error.toJSON() : { message: 'Internal server error' };
      const extensions = { ...plain.extensions, code: plain.extensions?.code ?? 'INTERNAL_SERVER_ERROR' };
      const formatted = format({ ...plain, extensions }, error);
      return suggests ? formatted : { ...formatted, message: formatted.message.replace(SUGGESTION, '') };
    });
}

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
