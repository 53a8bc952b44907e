import { isKnownCode, type ProtocolCode, type RefusalCode } from '@airline/service/server';
import { GraphQLError } from 'graphql';
import type { Refused } from '../request.ts';

/** Tells a refusal from what a stage gives to the next. */
export { isRefused } from '../fan-out/index.ts';
export type { Refused } from '../request.ts';

/** A refusal that the router words itself. */
export function refuse(
  code: ProtocolCode | RefusalCode,
  message: string,
  options: { status?: number; field?: string } = {},
): Refused {
  const { status = 400, field } = options;
  return { status, errors: [{ message, extensions: field === undefined ? { code } : { code, field } }] };
}

/** The same error with a code, unless it brings a known one. */
export function withCode(error: GraphQLError, code: ProtocolCode | RefusalCode): GraphQLError {
  if (isKnownCode(error.extensions.code)) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    originalError: error.originalError,
    extensions: { ...error.extensions, code },
  });
}
