import type { ServerResponse } from 'node:http';
import type { OperationResult } from '../../request.ts';
import { drained } from '../../response.ts';
import { Member } from '../member.ts';

/** How a protocol writes the results of one operation into the body of one HTTP response. */
export interface Framing {
  readonly contentType: string;
  readonly opening: string;
  /** @param isFailure whether the result is the one that ends a subscription with its errors */
  result(result: OperationResult, isFailure: boolean): string;
  readonly heartbeat: string;
  readonly closing: string;
}

/**
 * Writes results as their client reads them, and a heartbeat at each interval, so that no proxy takes an idle connection
 * for a dead one. A client that has gone leaves its subscription.
 *
 * @param results of a subscription; or the one of another operation
 */
export async function streamResponse(
  results: Member | readonly [OperationResult],
  response: ServerResponse,
  { framing, heartbeatMs }: { readonly framing: Framing; readonly heartbeatMs: number },
): Promise<void> {
  response.writeHead(200, {
    'content-type': framing.contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
  });
  response.write(framing.opening);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(framing.heartbeat);
  }, heartbeatMs);
  const member = results instanceof Member ? results : undefined;
  const leave = () => {
    clearInterval(heartbeat);
    void member?.return();
  };
  if (response.destroyed) leave();
  else response.once('close', leave);
  for await (const result of results) {
    response.write(framing.result(result, result === member?.failure));
    await drained(response);
  }
  leave();
  response.end(framing.closing);
}
