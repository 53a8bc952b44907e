import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@airline/observability';
import {
  type Address,
  closeOnce,
  graphqlUrl,
  type Health,
  listenError,
  portOf,
  type RunningServer,
  refusal,
  refuseMalformedRequest,
  requestIdOf,
} from '@airline/service/server';
import { createCors } from './cors.ts';
import { createAttempt, type Exchange } from './exchange.ts';
import { createGraphql, type GraphqlOptions, type Operation } from './graphql.ts';
import { healthRoutes, type Route } from './routes.ts';

export interface HttpOptions<Prepared extends Operation> extends GraphqlOptions<Prepared>, Address {
  readonly health: Health;
  readonly logger: Logger;
  /** Served beside `/graphql` and the two of health. */
  readonly routes?: readonly Route[];
  /** Takes over a WebSocket handshake (RFC 6455), at whichever path. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** On close: ends what would not end by itself, such as subscriptions. */
  readonly endStreams?: () => void | Promise<void>;
  /** Origins of pages that may use this server; `*` for any. */
  readonly corsOrigins?: readonly string[];
  /** On close, how long to keep serving with readiness already 503; 0 by default. */
  readonly drainDelayMs?: number;
  /** On close, how long what runs may take to finish before it is cut off; 8 seconds by default. */
  readonly graceMs?: number;
  /** Makes ids for requests that bring none; random UUIDs by default. */
  readonly requestId?: () => string;
}

/** Longer than the idle time of the usual load balancers, so that they close a connection before this server does. */
const KEEP_ALIVE_MS = 72_000;
/** While closing, how often connections without a request are looked for. */
const SWEEP_MS = 50;
/** How long a request may take to arrive. */
const REQUEST_MS = 30_000;

/**
 * Serves GraphQL at `/graphql`, `GET /health/live`, `GET /health/ready` and what else the options name. Every failure is
 * a GraphQL error with an `extensions.code`.
 *
 * @throws StartError when the port cannot be listened on
 */
export async function serveHttp<Prepared extends Operation>(
  options: HttpOptions<Prepared>,
): Promise<RunningServer> {
  const { host, health, drainDelayMs, graceMs, endStreams } = options;
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: REQUEST_MS,
      // Other protocols to upgrade to (h2c, which some clients offer) are ignored, as RFC 9110 7.8 allows.
      shouldUpgradeCallback: ({ headers }) =>
        options.upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket',
    },
    createListener(options),
  );
  server.on('clientError', refuseMalformedRequest);
  const upgraded = serveUpgrades(server, options.upgrade);
  await listen(server, options);

  // It listens on TCP, so its address is no path of a socket.
  const port = portOf(server);
  const close = closeOnce({
    health,
    drainDelayMs,
    graceMs,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // A response that began before has no `connection: close`, so its client leaves the connection idle.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      try {
        await endStreams?.();
        await closed;
      } finally {
        clearInterval(sweep);
      }
    },
    cutOff: () => {
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
    },
  });
  return { url: graphqlUrl(host, port), port, close };
}

function createListener<Prepared extends Operation>(
  options: HttpOptions<Prepared>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { health, logger, routes = [], corsOrigins = [], requestId = randomUUID } = options;
  const attempt = createAttempt(logger);
  const cors = createCors(corsOrigins);
  const graphql: Route = {
    path: '/graphql',
    methods: ['GET', 'POST'],
    handle: createGraphql(options, attempt),
  };
  const served = new Map([graphql, ...healthRoutes(health), ...routes].map((route) => [route.path, route]));

  return (request, response) => {
    const id = requestIdOf(request.headers['x-request-id'], requestId);
    const exchange: Exchange = { request, response, id, health };
    attempt(exchange, () => {
      const { url = '/', method = 'GET' } = request;
      const mark = url.indexOf('?');
      const route = served.get(mark === -1 ? url : url.slice(0, mark));
      if (route === undefined) throw refusal.unknownPath();
      if (cors?.(exchange, route.methods)) return;
      if (route.methods.includes(method))
        return route.handle(exchange, mark === -1 ? '' : url.slice(mark + 1));
      response.setHeader('allow', route.methods.join(', '));
      throw refusal.wrongMethod(route.methods);
    });
  };
}

/** @returns the sockets that were handed over and are still open */
function serveUpgrades(server: Server, upgrade: HttpOptions<Operation>['upgrade']): ReadonlySet<Duplex> {
  const open = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    upgrade?.(request, socket, head);
  });
  return open;
}

async function listen(server: Server, address: Address): Promise<void> {
  const { host, port } = address;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    throw listenError(error, address);
  } finally {
    server.off('error', reject);
  }
}
