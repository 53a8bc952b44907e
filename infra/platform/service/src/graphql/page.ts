import type { PageQuery } from '@airline/database';
import { badUserInput } from '../errors/errors.ts';
import { type CursorOrder, decodeCursor } from './page-cursor.ts';

/** The arguments of a connection; there may be others, such as a filter. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly order?: string | null | undefined;
}

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/**
 * Reads a connection's arguments, where cursors are those of an order, by default that of the connection's column. The
 * limit is one row above the page size, which shows whether items follow.
 * @throws RequestError BAD_USER_INPUT
 */
export function pageQuery(
  { first, after, last, before }: PageArguments,
  order?: CursorOrder,
): Omit<PageQuery, 'by' | 'where'> {
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
    after: isGiven(after) ? decodeCursor('after', after, order) : undefined,
    before: isGiven(before) ? decodeCursor('before', before, order) : undefined,
  };
}

const isGiven = <Value>(value: Value): value is NonNullable<Value> => value !== null && value !== undefined;
