import type { IncomingMessage } from 'node:http';
import type { Logger } from '@airline/observability';
import { HttpRefusal, type Limits, refusal } from '@airline/service/server';
import type { Visit } from '../admission/visit.ts';
import {
  type Facade,
  type Subscriptions,
  serveClients,
  serveSse,
  streamMultipart,
} from '../fan-out/index.ts';
import { preventForgery } from '../http/csrf.ts';
import type { Exchange } from '../http/exchange.ts';
import { isJson } from '../http/graphql.ts';
import { type Arrived, arrivedBody, arrivedUrl } from '../http/parameters.ts';
import { readBody } from '../http/read.ts';
import type { HttpOptions } from '../http/server.ts';
import { writeRefused } from '../http/write.ts';
import type { Prepared } from '../pipeline/prepared.ts';
import { isRefused } from '../refusal.ts';
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
  const webSockets = serveClients({ facade, limits, logger });
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
        methods: ['GET', 'POST'],
        handle: async (exchange, search) => {
          const { request, response, id } = exchange;
          if (!acceptsEvents(request)) throw notAcceptable();
          const isPost = request.method === 'POST';
          if (!isPost) preventForgery(request.headers);
          const read = (visit: Visit) =>
            isPost ? readArrived(exchange, limits, visit) : arrivedUrl(search, limits);
          response.setHeader('x-request-id', id);
          const refused = await sse.handle(read, request, response);
          if (refused) writeRefused(exchange, refused);
        },
      },
    ],
    stream: (prepared, exchange) => {
      const { request, response } = exchange;
      const transport = transportOf(request);
      if (transport === 'event-stream') {
        sse.stream(prepared, response).catch(failed(exchange));
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
      await webSockets.close();
    },
  };
}

const acceptsEvents = ({ headers }: IncomingMessage) =>
  headers.accept?.includes('text/event-stream') ?? false;

/** Clients name several types: Apollo's means multipart when it names its protocol, urql prefers an event stream. */
function transportOf(request: IncomingMessage): 'event-stream' | 'multipart' | undefined {
  const { accept = '' } = request.headers;
  if (/subscriptionspec/i.test(accept)) return 'multipart';
  if (acceptsEvents(request)) return 'event-stream';
  return accept.includes('multipart/mixed') ? 'multipart' : undefined;
}

function notAcceptable(): HttpRefusal {
  const message = 'This path serves event streams: send the header "accept: text/event-stream".';
  return new HttpRefusal(406, 'NOT_ACCEPTABLE', message);
}

/**
 * Only JSON is read: pages of other origins may send other types without a preflight request.
 * @throws HttpRefusal
 */
async function readArrived(exchange: Exchange, limits: Limits, visit: Visit): Promise<Arrived> {
  const type = exchange.request.headers['content-type'];
  if (!isJson(type)) throw refusal.wrongMediaType(type);
  const body = await new Promise<Buffer | HttpRefusal>((resolve) =>
    readBody(exchange, limits.bodyBytes, resolve, visit),
  );
  if (body instanceof HttpRefusal) throw body;
  return arrivedBody(body, limits);
}
