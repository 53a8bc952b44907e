import type { ServerResponse } from 'node:http';
import type { Member } from '../member.ts';
import { drained, whenGone } from './drained.ts';

const BOUNDARY = 'graphql';

export interface MultipartOptions {
  /** How often an idle stream shows that it is alive; 10 seconds when left out. */
  readonly heartbeatMs?: number;
}

/**
 * A subscription as the parts of one HTTP answer, as Apollo Client asks for it ("Multipart HTTP protocol for GraphQL
 * subscriptions" in the documentation of Apollo's router): events as `{"payload": …}`, what ends it as
 * `{"payload": null, "errors": […]}`, and `{}` from time to time so that nobody in between takes the connection for idle.
 */
export async function streamMultipart(
  member: Member,
  response: ServerResponse,
  { heartbeatMs = 10_000 }: MultipartOptions = {},
): Promise<void> {
  response.writeHead(200, {
    'content-type': `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec=1.0`,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  // Each part ends with the delimiter of the next, so that a client can read it without waiting for the next.
  response.write(`--${BOUNDARY}`);
  const write = (part: object) =>
    response.write(`\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(part)}\r\n--${BOUNDARY}`);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) write({});
  }, heartbeatMs);
  const stay = whenGone(response, () => void member.return());
  for await (const answer of member) {
    if (answer === member.failure) write({ payload: null, errors: answer.errors });
    else write({ payload: answer });
    await drained(response);
  }
  clearInterval(heartbeat);
  stay();
  response.end('--\r\n');
}
