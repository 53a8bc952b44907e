import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@airline/observability';
import {
  type Address,
  closeOnce,
  createBoundary,
  graphqlUrl,
  type Health,
  type HttpRefusal,
  portOf,
  type RunningServer,
  refusal,
  refuseMalformedRequest,
  refuseUpgrade,
  requestIdOf,
} from '@airline/service/server';
import { type Beyond, Connections, type ConnectionsOptions } from '../admission/connections.ts';
import { overload, tooManyRequests } from '../admission/refusals.ts';
import { isRefused } from '../refusal.ts';
import { OPERATOR, type Runnable } from '../request.ts';
import { whenOver } from '../response.ts';
import { createAttempt } from './attempt.ts';
import { createCors } from './cors.ts';
import type { Exchange } from './exchange.ts';
import { createGraphql, type GraphqlOptions } from './graphql.ts';
import { listen } from './listen.ts';
import { healthRoutes, type Route } from './routes.ts';

export interface HttpOptions<Prepared extends Runnable> extends GraphqlOptions<Prepared>, Address {
  readonly health: Health;
  readonly logger: Logger;
  readonly connections: ConnectionsOptions;
  /** Served beside `/graphql` and the two of health. */
  readonly routes?: readonly Route[];
  /** Responds to a path without a route, or throws an HttpRefusal; an error in JSON by default. */
  readonly unknownPath?: ((exchange: Exchange) => void) | undefined;
  /** Takes over a WebSocket handshake (RFC 6455), at whichever path. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** On close: ends what would not end by itself, such as subscriptions. */
  readonly endStreams?: () => void | Promise<void>;
  /** Hosts that requests may name; default those of loopback for a server that listens there, else any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of pages elsewhere that may use this server; `*` for any. None by default. */
  readonly corsOrigins?: readonly string[];
  /** Called with each request and handshake that is refused for its host or origin. @param id of a request */
  readonly foreign?: ((request: IncomingMessage, refused: HttpRefusal, id?: string) => void) | undefined;
  /** How long browsers come by TLS alone, which ends in front; 0 by default: they may come without. */
  readonly hstsSeconds?: number;
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
/** How long a request may take to arrive, and its headers. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;
/** How often connections are looked at: those whose request is late, and those that are not read. */
const CHECK_MS = 1_000;

/**
 * Serves GraphQL at `/graphql`, `GET /health/live`, `GET /health/ready` and what else the options name. Every failure is
 * a GraphQL error with an `extensions.code`.
 *
 * @throws StartError when the port cannot be listened on
 */
export async function serveHttp<Prepared extends Runnable>(
  options: HttpOptions<Prepared>,
): Promise<RunningServer & { readonly connections: Connections }> {
  const { host, health, drainDelayMs, graceMs, endStreams } = options;
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    headersTimeout: HEADERS_MS,
    connectionsCheckingInterval: CHECK_MS,
    // The boundary refuses a request without one, as any other; Node would by itself, past all headers.
    requireHostHeader: false,
    // Other protocols to upgrade to (h2c, which some clients offer) are ignored, as RFC 9110 7.8 allows.
    shouldUpgradeCallback: ({ headers }) =>
      options.upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket',
  });
  const connections = new Connections(server, options.connections);
  const boundary = createGuard(options);
  const listener = createListener(options, boundary, connections);
  server.on('request', listener);
  // Or else Node responds by itself, past all limits, to a request that expects what it does not know (RFC 9110 10.1.1).
  server.on('checkExpectation', listener);
  server.on('clientError', refuseMalformedRequest);
  const upgraded = serveUpgrades(server, { ...options, boundary }, connections);
  const stopListening = await listen(server, options, options.connections);
  const sweeping = setInterval(() => connections.sweep(), CHECK_MS).unref();

  // It listens on TCP, so its address is no path of a socket.
  const port = portOf(server);
  const close = closeOnce({
    health,
    drainDelayMs,
    graceMs,
    stop: async () => {
      const closed = stopListening();
      // A response that began before has no `connection: close`, so its client leaves the connection idle.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      try {
        await endStreams?.();
        await closed;
      } finally {
        clearInterval(sweeping);
        clearInterval(sweep);
      }
    },
    cutOff: () => {
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
    },
  });
  return { url: graphqlUrl(host, port), port, close, connections };
}

/** Refuses what is outside of the browser's boundary. @param id of a request */
type Guard = (request: IncomingMessage, id?: string) => HttpRefusal | undefined;

function createGuard(options: Omit<HttpOptions<Runnable>, keyof GraphqlOptions<Runnable>>): Guard {
  const { host, allowedHosts, corsOrigins: origins, hstsSeconds = 0, foreign } = options;
  const boundary = createBoundary({ host, allowedHosts, origins, isSecure: hstsSeconds > 0 });
  return (request, id) => {
    const refused = boundary(request);
    if (refused) foreign?.(request, refused, id);
    return refused;
  };
}

/** A path below a first segment. */
const BELOW = /^(\/[^/]+\/).*$/s;

function createListener<Prepared extends Runnable>(
  options: HttpOptions<Prepared>,
  boundary: Guard,
  connections: Connections,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { health, logger, routes = [], corsOrigins = [], requestId = randomUUID } = options;
  const { hstsSeconds = 0, unknownPath = refuseUnknownPath } = options;
  const attempt = createAttempt(logger);
  const cors = createCors(corsOrigins);
  const graphql: Route = {
    path: '/graphql',
    methods: ['GET', 'POST'],
    handle: createGraphql(options, attempt),
  };
  const served = new Map([graphql, ...healthRoutes(health), ...routes].map((route) => [route.path, route]));

  function serve(route: Route | undefined, exchange: Exchange, search: string) {
    if (route === undefined) return unknownPath(exchange);
    if (cors?.(exchange, route.methods)) return;
    const { request, response } = exchange;
    if (route.methods.includes(request.method ?? 'GET')) return route.handle(exchange, search);
    response.setHeader('allow', route.methods.join(', '));
    throw refusal.wrongMethod(route.methods);
  }

  return (request, response) => {
    const beyond = connections.began(request, response);
    // Of pipelined requests that have arrived at once, the rest still comes after the connection is closed.
    if (request.socket.destroyed) return;
    const id = requestIdOf(request.headers['x-request-id'], requestId);
    const exchange: Exchange = { request, response, id, health };
    if (hstsSeconds > 0) response.setHeader('strict-transport-security', `max-age=${hstsSeconds}`);
    const log = logger.isLevelEnabled('debug') ? logWhenOver(exchange, logger) : undefined;
    attempt(exchange, () => {
      const { url = '/' } = request;
      const mark = url.indexOf('?');
      const path = mark === -1 ? url : url.slice(0, mark);
      const route = served.get(path) ?? served.get(path.replace(BELOW, '$1*'));
      log?.(route?.path);
      const proceed = () => serve(route, exchange, mark === -1 ? '' : url.slice(mark + 1));
      if (path.startsWith('/health/')) return proceed();
      const refused = boundary(request, id);
      if (refused) throw refused;
      if (!beyond) return proceed();
      return isOperator(options, request, id).then((mayProceed) =>
        mayProceed ? proceed() : refuseBeyond(beyond, response),
      );
    });
  };
}

function refuseUnknownPath(): never {
  throw refusal.unknownPath();
}

/** Logs a request once it is over. @returns what takes its route's path, as the path that was asked for may hold anything */
function logWhenOver({ request, response, id: requestId }: Exchange, logger: Logger) {
  const begun = performance.now();
  let path: string | undefined;
  whenOver(request, response, () => {
    const { statusCode: status } = response;
    const durationMs = Math.round(performance.now() - begun);
    logger.debug({ method: request.method, path, status, durationMs, requestId }, 'request');
  });
  return (found: string | undefined) => {
    path = found;
  };
}

/** Whether a request is an operator's, for whom a connection beyond the limits is served. */
async function isOperator(
  { identify }: Pick<HttpOptions<Runnable>, 'identify'>,
  request: IncomingMessage,
  id: string,
): Promise<boolean> {
  const client = await identify(request, id);
  return !isRefused(client) && client.source === OPERATOR;
}

/** Why a request is refused whose connection is beyond a limit. */
const beyondLimit: Readonly<Record<Beyond, HttpRefusal>> = {
  client: tooManyRequests,
  all: overload,
};

/** @throws HttpRefusal */
function refuseBeyond(beyond: Beyond, response: ServerResponse): never {
  response.setHeader('connection', 'close');
  throw beyondLimit[beyond];
}

/** @returns the sockets that were handed over and are still open */
function serveUpgrades(
  server: Server,
  options: Pick<HttpOptions<Runnable>, 'upgrade' | 'identify'> & { boundary: Guard },
  connections: Connections,
): ReadonlySet<Duplex> {
  const open = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    const proceed = () => options.upgrade?.(request, socket, head);
    const beyond = connections.upgraded(request);
    if (socket.destroyed) return undefined;
    const refused = options.boundary(request);
    if (refused) return refuseUpgrade(socket, refused);
    if (!beyond) return proceed();
    socket.on('error', () => socket.destroy());
    isOperator(options, request, randomUUID()).then(
      (mayProceed) => (mayProceed ? proceed() : refuseUpgrade(socket, beyondLimit[beyond])),
      () => socket.destroy(),
    );
  });
  return open;
}
