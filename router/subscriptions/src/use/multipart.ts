import type { ServerResponse } from 'node:http';
import type { Member } from '../member.ts';
import { drained } from './drained.ts';

const HEARTBEAT_EVERY_MS = 10_000;
const BOUNDARY = 'graphql';

/**
 * A subscription as the parts of one HTTP answer, as Apollo Client asks for it ("Multipart HTTP protocol for GraphQL
 * subscriptions" in the documentation of Apollo's router): events as `{"payload": …}`, what ends it as
 * `{"payload": null, "errors": […]}`, and `{}` from time to time so that nobody in between takes the connection for idle.
 */
export async function streamMultipart(member: Member, response: ServerResponse): Promise<void> {
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
  }, HEARTBEAT_EVERY_MS);
  const left = () => void member.return();
  response.once('close', left);
  for await (const answer of member) {
    if (answer === member.failure) write({ payload: null, errors: answer.errors });
    else write({ payload: answer });
    await drained(response);
  }
  clearInterval(heartbeat);
  response.off('close', left);
  response.end('--\r\n');
}
