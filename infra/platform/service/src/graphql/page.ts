import type { PageQuery } from '@airline/database';
import { isStorable } from '@airline/schema/events';
import { badUserInput } from '../errors/errors.ts';

/** The arguments of a connection; there may be others, such as a filter. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/**
 * Reads a connection's arguments. The limit is one row above the page size, which shows whether items follow.
 * @throws RequestError BAD_USER_INPUT
 */
export function pageQuery({ first, after, last, before }: PageArguments): PageQuery {
  if (isGiven(first) && isGiven(last)) {
    throw badUserInput('last', 'Use "first" or "last", not both.');
  }
  const [field, size] = isGiven(last) ? ['last', last] : ['first', first ?? DEFAULT_PAGE_SIZE];
  if (size < 0 || size > MAX_PAGE_SIZE) {
    throw badUserInput(field, `"${field}" must be from 0 to ${MAX_PAGE_SIZE}, not ${size}.`);
  }
  return {
    limit: size + 1,
    backwards: field === 'last',
    after: isGiven(after) ? decodeCursor('after', after) : undefined,
    before: isGiven(before) ? decodeCursor('before', before) : undefined,
  };
}

const isGiven = <Value>(value: Value): value is NonNullable<Value> => value !== null && value !== undefined;

function decodeCursor(field: string, cursor: string): string {
  const value = Buffer.from(cursor, 'base64url').toString();
  if (value === '' || !isStorable(value) || Buffer.from(value).toString('base64url') !== cursor) {
    throw badUserInput(
      field,
      `"${field}" is an unknown cursor: use one from pageInfo or an edge of this connection.`,
    );
  }
  return value;
}
