import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Visit } from '../../admission/visit.ts';
import type { Arrived } from '../../http/parameters.ts';
import { resultText } from '../../http/result-text.ts';
import { isRefused, type Refused } from '../../refusal.ts';
import type { Client, Runnable } from '../../request.ts';
import { leaveSignal, whenOver } from '../../response.ts';
import type { Facade } from './facade.ts';
import { type Framing, streamResponse } from './response-stream.ts';

/** Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
const framing: Framing = {
  contentType: 'text/event-stream; charset=utf-8',
  // Some browsers take a response for open only once it has a body.
  opening: ':\n\n',
  result: (result) => `event: next\ndata: ${resultText(result)}\n\n`,
  heartbeat: ':\n\n',
  closing: 'event: complete\ndata:\n\n',
};

/** GET requests must be safe (RFC 9110 section 9.2.1). */
const unsafe: Refused = {
  status: 405,
  errors: [
    { message: 'A mutation cannot be sent by GET; use POST.', extensions: { code: 'METHOD_NOT_ALLOWED' } },
  ],
};

type Results = Parameters<typeof streamResponse>[0];

export interface SseTransport<Prepared> {
  /**
   * Streams the results of one operation, or the errors with which it is refused.
   *
   * @param read gives what was asked for, once that is admitted
   * @returns why the request is refused before there is a stream
   */
  handle(
    read: (visit: Visit) => Arrived | Promise<Arrived>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Refused | undefined>;
  /** Streams one subscription that another endpoint has prepared. */
  stream(prepared: Prepared, response: ServerResponse): Promise<undefined>;
}

/**
 * GraphQL over Server-Sent Events in "distinct connections mode", a stream for each operation (enisdenjo/graphql-sse,
 * PROTOCOL.md).
 *
 * @param heartbeatMs 12 seconds by default
 */
export function serveSse<Prepared extends Runnable>(
  facade: Facade<Prepared>,
  heartbeatMs = 12_000,
): SseTransport<Prepared> {
  /** Not in `handle`, which would hold on to the parameters while the operation runs. */
  const prepare = (arrived: Arrived, client: Client) => facade.prepare(arrived.parse(), client);

  const respond = async (results: Results, response: ServerResponse): Promise<undefined> => {
    await streamResponse(results, response, { framing, heartbeatMs });
  };

  /** Not an async function: while the stream lasts it would hold on to what is prepared, and that to its supergraph. */
  function stream(prepared: Prepared, response: ServerResponse): Promise<undefined> {
    const member = facade.subscribe(prepared, response);
    return isRefused(member) ? refuse(member, prepared.client, response) : respond(member, response);
  }

  async function refuse(
    refused: Refused,
    { source }: Pick<Client, 'source'>,
    response: ServerResponse,
  ): Promise<undefined> {
    await facade.hold(source, refused);
    return respond([{ errors: refused.errors }], response);
  }

  return {
    handle: async (read, request, response) => {
      const client = await facade.identify(request);
      if (isRefused(client)) return client;
      const visit = facade.admit(client.source);
      const held = async (refused: Refused) => {
        await facade.hold(client.source, refused);
        return refused;
      };
      if (isRefused(visit)) return await held(visit);
      whenOver(request, response, () => visit.leave());
      const arrived = await read(visit);
      const refused = await visit.start(arrived.bytes);
      if (refused) return await held(refused);
      try {
        const prepared = await prepare(arrived, client);
        // Who has to sign in must not take the refusal for a result.
        if (isRefused(prepared) && prepared.status === 401) return prepared;
        if (isRefused(prepared)) {
          // It takes no place while it is held.
          visit.finish();
          return await refuse(prepared, client, response);
        }
        // The limits of subscriptions count those from here on. It is not awaited: its visit ends now.
        if (prepared.type === 'subscription') return stream(prepared, response);
        if (request.method === 'GET' && prepared.type === 'mutation')
          return await respond([{ errors: unsafe.errors }], response);
        const execute = () => facade.execute(prepared, leaveSignal(response));
        const result = await visit.inTurn(prepared.cost, execute);
        visit.finish(prepared.planned);
        return await respond([result], response);
      } finally {
        visit.end();
      }
    },
    stream,
  };
}
