import type { ServerResponse } from 'node:http';
import { multipartBoundary, multipartPart } from '../../http/multipart.ts';
import { resultText } from '../../http/result-text.ts';
import type { Member } from '../member.ts';
import { type Framing, streamResponse } from './response-stream.ts';

/**
 * The multipart HTTP protocol for GraphQL subscriptions (Apollo Router's documentation), which Apollo Client speaks:
 * events as `{"payload": …}`, the errors that end a subscription as `{"payload": null, "errors": […]}`, heartbeats as `{}`.
 */
const framing: Framing = {
  contentType: `multipart/mixed;boundary="${multipartBoundary}";subscriptionSpec=1.0`,
  opening: `--${multipartBoundary}`,
  result: (result, isFailure) =>
    multipartPart(
      isFailure
        ? JSON.stringify({ payload: null, errors: result.errors })
        : `{"payload":${resultText(result)}}`,
    ),
  heartbeat: multipartPart('{}'),
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
