import type { HeldRefusals } from '../admission/held-refusals.ts';
import type { Refused } from '../refusal.ts';
import type { Client } from '../request.ts';
import type { Accepted } from './accept.ts';
import type { Exchange } from './exchange.ts';
import { writeRefused } from './write.ts';

/** A client that is known, and what it reads. */
export interface Asker {
  readonly client: Pick<Client, 'source'>;
  readonly accepted: Accepted;
}

/** Refuses what a known client asks for, at once or once the refusal may be sent. */
export type RefuseClient = (exchange: Exchange, refused: Refused, asker: Asker) => void | Promise<void>;

/** @param hold returns what resolves when a refusal may be sent; undefined for at once */
export const createRefuseClient =
  (hold: HeldRefusals['hold']): RefuseClient =>
  (exchange, refused, { accepted, client }) => {
    const held = hold(client.source, refused);
    if (!held) return refuseRequest(exchange, refused, accepted);
    return held.then(() => refuseRequest(exchange, refused, accepted));
  };

export function refuseRequest(exchange: Exchange, refused: Refused, { type }: Accepted): void {
  const status = requestErrorStatus(refused.status, type);
  writeRefused(exchange, { ...refused, status }, `${type}; charset=utf-8`);
}

/** Under application/json a status other than 200 could be a proxy's, so a request that GraphQL refuses gets 200. */
export function requestErrorStatus(status: number, type: Accepted['type']): number {
  return status === 400 && type === 'application/json' ? 200 : status;
}
