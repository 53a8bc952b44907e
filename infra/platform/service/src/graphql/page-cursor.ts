import type { Place } from '@airline/database';
import { isStorable } from '@airline/schema/events';
import type { SQLWrapper } from 'drizzle-orm';
import { badUserInput } from '../errors/errors.ts';

/** How rows may be sorted instead of by their connection's column, which sorts those of one value. */
export interface Order<Row> {
  /** A column or an expression, never null. */
  readonly by: SQLWrapper;
  readonly type: 'string' | 'number';
  /** Its value in a row. */
  readonly valueOf: (row: Row) => string | number;
}

/** What cursors show of an order. */
export interface CursorOrder extends Pick<Order<never>, 'type'> {
  readonly name: string;
}

/** Stands in no text that a database stores, so a cursor of the default order, which is the key alone, is none of another. */
const SEPARATOR = '\0';

/** An opaque cursor of a place: of its key, or of its order, value and key. */
export const encodeCursor = (place: Place, order: CursorOrder | undefined): string =>
  Buffer.from((order ? [order.name, ...place] : place).join(SEPARATOR)).toString('base64url');

/**
 * The place of a cursor of this order, or of the default one.
 * @throws RequestError BAD_USER_INPUT that names `field`
 */
export function decodeCursor(field: string, cursor: string, order: CursorOrder | undefined): Place {
  const text = Buffer.from(cursor, 'base64url').toString();
  const parts = text.split(SEPARATOR);
  const key = parts.at(-1);
  if (!key || !parts.every(isStorable) || Buffer.from(text).toString('base64url') !== cursor)
    throw unknown(field);
  const [name, value] = parts.length === 3 ? parts : [];
  if (parts.length !== 1 && value === undefined) throw unknown(field);
  if (name !== order?.name) {
    throw badUserInput(
      field,
      `"${field}" is a cursor of another order: use one from a page of the same order.`,
    );
  }
  if (value === undefined) return [key];
  if (order?.type === 'string') return [value, key];
  const number = Number(value);
  if (!Number.isSafeInteger(number) || String(number) !== value) throw unknown(field);
  return [number, key];
}

const unknown = (field: string) =>
  badUserInput(
    field,
    `"${field}" is an unknown cursor: use one from pageInfo or an edge of this connection.`,
  );
