import type { IncomingMessage } from 'node:http';
import type { Logger } from '@airline/observability';
import { checkExtent, HttpRefusal, type Limits, refusal } from '@airline/service/server';
import {
  type Facade,
  isRefused,
  type Subscriptions,
  serveSse,
  serveWebSockets,
  streamMultipart,
} from '../fan-out/index.ts';
import type { Exchange } from '../http/exchange.ts';
import { isJson } from '../http/graphql.ts';
import { bodyParameters, urlParameters } from '../http/parameters.ts';
import { readBody } from '../http/read.ts';
import type { HttpOptions } from '../http/server.ts';
import type { Prepared } from '../pipeline/pipeline.ts';
import type { LiveSubscription } from './plan-subscription.ts';

export interface TransportsOptions {
  readonly facade: Facade<Prepared>;
  readonly subscriptions: Subscriptions<LiveSubscription>;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** What the HTTP server hands over to the transports of subscriptions. */
export type Transports = Pick<HttpOptions<Prepared>, 'routes' | 'stream' | 'upgrade' | 'endStreams'>;

export function createTransports({ facade, subscriptions, limits, logger }: TransportsOptions): Transports {
  const webSockets = serveWebSockets({
    facade,
    maxMessageBytes: limits.bodyBytes,
    checkMessage: (message) => checkExtent(message, limits),
    logger,
  });
  const sse = serveSse(facade);

  const failed = (exchange: Exchange) => (error: unknown) => {
    logger.error({ err: error }, 'unexpected error in a stream');
    exchange.response.destroy();
  };

  return {
    upgrade: webSockets.upgrade,
    routes: [
      {
        path: '/graphql/stream',
        methods: ['GET', 'POST', 'PUT', 'DELETE'],
        handle: async ({ request, response, id }, search) => {
          const body = request.method === 'POST' ? await bodyOf(request, limits) : null;
          // Pages elsewhere can send a GET as they like (EventSource sets no header), which is why it may only read.
          if (new URLSearchParams(search).has('query')) urlParameters(search, limits);
          response.setHeader('x-request-id', id);
          await sse.handle(request, response, body);
        },
      },
    ],
    stream: (prepared, exchange) => {
      const { request, response } = exchange;
      const transport = transportOf(request.headers.accept ?? '');
      if (transport === 'event-stream') {
        sse.stream(prepared, request, response).catch(failed(exchange));
        return true;
      }
      if (transport !== 'multipart') return false;
      const member = facade.subscribe(prepared, response);
      if (isRefused(member)) return member;
      streamMultipart(member, response).catch(failed(exchange));
      return true;
    },
    endStreams: async () => {
      subscriptions.close();
      sse.close();
      await webSockets.close();
    },
  };
}

/** Clients name several types: Apollo's means multipart when it names its protocol, urql prefers an event stream. */
function transportOf(accept: string): 'event-stream' | 'multipart' | undefined {
  if (/subscriptionspec/i.test(accept)) return 'multipart';
  if (accept.includes('text/event-stream')) return 'event-stream';
  return accept.includes('multipart/mixed') ? 'multipart' : undefined;
}

/**
 * Only JSON is read: pages elsewhere may send other types without asking first.
 * @throws HttpRefusal
 */
async function bodyOf(request: IncomingMessage, limits: Limits): Promise<Record<string, unknown>> {
  const type = request.headers['content-type'];
  if (!isJson(type)) throw refusal.wrongMediaType(type);
  const body = await new Promise<Buffer | HttpRefusal>((resolve) =>
    readBody(request, limits.bodyBytes, resolve),
  );
  if (body instanceof HttpRefusal) throw body;
  return { ...bodyParameters(body, limits) };
}
