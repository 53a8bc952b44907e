import type { EventLog } from '@airline/database';
import { endOf } from './append.ts';
import type { Connection } from './connect.ts';

/** The stream holds what the outbox does not: another database wrote it. Nothing is published until an operator has settled that. */
export class ForeignStreamError extends Error {
  override name = 'ForeignStreamError';
  constructor(stream: string, difference: string) {
    super(
      `The stream "${stream}" ${difference}: they are not of one system. ` +
        'Restore the database that belongs to it, or delete all airline:* streams and restart.',
    );
  }
}

/**
 * The number at which a stream ends, once it is known to end within this outbox.
 * @throws ForeignStreamError
 */
export async function ownEndOf(stream: string, log: EventLog, connection: Connection): Promise<number> {
  const { seq, event } = await connection.run((redis) => endOf(redis, stream));
  const last = await log.last();
  if (seq > last) {
    throw new ForeignStreamError(stream, `ends at ${seq}, but this service's outbox at ${last}`);
  }
  const [own] = event === undefined ? [] : await log.read(seq - 1, 1);
  if (own?.seq === seq && own.event !== event) {
    throw new ForeignStreamError(stream, `and this service's outbox hold different events at ${seq}`);
  }
  return seq;
}
