import type { EventLog } from '@airline/database';
import { badUserInput, cursorExpired } from '../errors/errors.ts';

/** Where a subscription starts, as its `subscribe` message says in `extensions`. */
export interface Start {
  /** Unchecked; undefined: from now on. */
  readonly cursor: unknown;
  /** Whether the announcement (subscription-result.ts) is sent. */
  readonly isAnnounced: boolean;
  /** Whose replay it is, where it is one: the caller's, since the router has one socket for all clients. */
  readonly client?: string | undefined;
}

/** The default: from now on, without an announcement. */
export const fromNow: Start = { cursor: undefined, isAnnounced: false };

/** A cursor is the id of an event in its stream. */
export const cursorOf = (seq: number): string => `${seq}-0`;

const CURSOR = /^(0|[1-9]\d{0,14})-0$/;

/**
 * The number of the last event that the subscriber has seen, or could have.
 * @throws RequestError BAD_USER_INPUT for what is no cursor, CURSOR_EXPIRED where the log does not reach
 */
export async function positionOf({ cursor }: Start, log: EventLog): Promise<number> {
  const last = await log.last();
  if (cursor === undefined || cursor === null) return last;
  const digits = typeof cursor === 'string' ? CURSOR.exec(cursor)?.[1] : undefined;
  if (digits === undefined) {
    throw badUserInput(
      'extensions.cursor',
      '"extensions.cursor" should be the cursor of an earlier message of this subscription, such as "17-0".',
    );
  }
  const position = Number(digits);
  if (position > last) throw cursorExpired();
  if (position < last && (await log.read(position, 1))[0]?.seq !== position + 1) throw cursorExpired();
  return position;
}
