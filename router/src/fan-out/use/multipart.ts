import type { ServerResponse } from 'node:http';
import { resultText } from '../../http/result-text.ts';
import type { Member } from '../member.ts';
import { type Framing, streamResponse } from './response-stream.ts';

const BOUNDARY = 'graphql';

/** Each part ends with the delimiter of the next, so that a client can read it without waiting for the next. */
const part = (json: string): string => `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${BOUNDARY}`;

/**
 * The multipart HTTP protocol for GraphQL subscriptions (Apollo Router's documentation), which Apollo Client speaks:
 * events as `{"payload": …}`, the errors that end a subscription as `{"payload": null, "errors": […]}`, heartbeats as `{}`.
 */
const framing: Framing = {
  contentType: `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec=1.0`,
  opening: `--${BOUNDARY}`,
  result: (result, isFailure) =>
    part(
      isFailure
        ? JSON.stringify({ payload: null, errors: result.errors })
        : `{"payload":${resultText(result)}}`,
    ),
  heartbeat: part('{}'),
  closing: '--\r\n',
};

/** @param heartbeatMs 10 seconds by default */
export function streamMultipart(
  member: Member,
  response: ServerResponse,
  heartbeatMs = 10_000,
): Promise<void> {
  return streamResponse(member, response, { framing, heartbeatMs });
}
