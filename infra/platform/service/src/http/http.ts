import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type Logger, type Metrics, noTracing, type Tracing } from '@airline/observability';
import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { GraphQLError } from 'graphql';
import { RequestError, refusalStatus } from '../errors/errors.ts';
import { refusals } from '../errors/http-errors.ts';
import { refusal } from '../errors/refusal.ts';
import type { Caller } from '../identity/caller.ts';
import type { VerifyCaller } from '../identity/caller-token.ts';
import { defaultLimits, type Limits } from '../limits/limits.ts';
import { type Boundary, createBoundary, isLocal } from './boundary.ts';
import { graphqlRequestGuard, readJsonBodies } from './graphql-request.ts';
import { type Health, readinessCode } from './health.ts';
import { type Address, closeOnce, graphqlUrl, listenError, portOf, requestIdOf } from './listening.ts';
import { RequestCallers } from './request-callers.ts';
import { createScraper } from './scrape.ts';

/** Keep-alive timeout. Clients that read it close idle connections before that, and so within the drain delay. */
const KEEP_ALIVE_MS = 5_000;

export interface ServeOptions<Ctx extends BaseContext> extends Address {
  /** Made with `apolloOptions` and not yet started; started here, stopped by `close`. */
  apollo: ApolloServer<Ctx>;
  /** `request.id` is the request's id: its `x-request-id` header, or a new one. */
  context: (request: FastifyRequest, response: ServerResponse, caller: Caller) => Ctx | Promise<Ctx>;
  /** Verifies who asks; undefined: anyone may, as `everyone`. */
  verify?: VerifyCaller | undefined;
  /** Hosts that requests may name; default as in the browser's boundary. */
  allowedHosts?: readonly string[] | undefined;
  /** Serves subscriptions on the same port, if any. */
  subscriptions?: ((server: Server, boundary: Boundary) => { close(): Promise<void> }) | undefined;
  health: Health;
  logger: Logger;
  /** Maximum size of a body in bytes; default that of the limits. */
  bodyLimitBytes?: number;
  limits?: Limits;
  /** On close, how long to continue to serve with readiness already 503, so that load balancers notice; default 0. */
  drainDelayMs?: number;
  /** On close, timeout of requests in flight, after which their connections are closed; default 8 seconds. */
  graceMs?: number;
  /** Makes ids for requests without one; default random UUIDs. */
  requestId?: () => string;
  /** Records each request to `/graphql` as a span that continues the request's trace. */
  tracing?: Tracing;
  /** Served at `GET /metrics` to this machine; undefined: not served. */
  metrics?: Metrics | undefined;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Readiness turns 503, no new connections are accepted, requests in flight finish, then the GraphQL server stops. */
  close(): Promise<void>;
}

/**
 * Serves GraphQL at `/graphql`, `GET /health/live` and `GET /health/ready`. Every error response is a GraphQL error with
 * an `extensions.code`.
 *
 * @throws StartError when the port cannot be listened on; what `apollo.start()` throws
 */
export async function serveGraphQL<Ctx extends BaseContext>(
  options: ServeOptions<Ctx>,
): Promise<RunningServer> {
  const { apollo, host, health, drainDelayMs, graceMs } = options;
  const callers = new RequestCallers(options.verify);
  const boundary = createBoundary(options);
  const app = buildApp(options, boundary, callers);
  const subscriptions = options.subscriptions?.(app.server, boundary);
  await apollo.start();
  try {
    await app.register(fastifyApollo(apollo), {
      path: '/graphql',
      method: ['GET', 'POST'],
      context: async (request, { raw }) =>
        withHttpStatus(() => options.context(request, raw, callers.of(request))),
    });
    await listen(app, options);
  } catch (error) {
    await Promise.all([app.close(), subscriptions?.close()]);
    await apollo.stop();
    throw error;
  }
  const port = portOf(app.server);

  const close = closeOnce({
    health,
    drainDelayMs,
    graceMs,
    stop: async () => {
      await Promise.all([app.close(), subscriptions?.close()]);
      await apollo.stop();
    },
    cutOff: () => app.server.closeAllConnections(),
  });
  return { url: graphqlUrl(host, port), port, close };
}

function buildApp<Ctx extends BaseContext>(
  options: ServeOptions<Ctx>,
  boundary: Boundary,
  callers: RequestCallers,
): FastifyInstance {
  const { health, logger, limits = defaultLimits, requestId = randomUUID } = options;
  const bodyLimitBytes = options.bodyLimitBytes ?? limits.bodyBytes;
  const { onError, onNotFound, onMalformedRequest } = refusals({ logger, bodyLimitBytes });
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 30_000,
    // Requests on open connections are served during the drain, with a response that closes the connection.
    return503OnClosing: false,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id'], requestId),
    frameworkErrors: onError,
    clientErrorHandler: onMalformedRequest,
    // The boundary refuses a request without a Host, as any other; Node would by itself, past all headers.
    http: { shouldUpgradeCallback: isWebSocket, requireHostHeader: false },
  });
  readJsonBodies(app, limits, (request, body) => callers.cover(request, body));
  app.setErrorHandler(onError);
  app.setNotFoundHandler(onNotFound);
  app.addHook('onRequest', async (request, reply) => {
    // Also one that was made here: what comes after reads it there.
    request.headers['x-request-id'] = request.id;
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    const refused = request.url.startsWith('/health/') ? undefined : boundary(request.raw);
    if (refused) throw refused;
    if (!isOperational(request)) callers.verify(request);
  });
  app.addHook('onSend', async (_request, reply) => {
    if (health.isShuttingDown) reply.header('connection', 'close');
  });
  const guard = graphqlRequestGuard(limits);
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.url !== '/graphql') return;
    callers.of(request);
    guard(request);
  });
  traceRequests(app, options.tracing ?? noTracing);
  logRequests(app, logger);
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async ({ raw }, reply) => {
    const readiness = await health.readiness();
    reply.code(readinessCode(readiness));
    return isLocal(raw) ? readiness : { status: readiness.status };
  });
  const { metrics } = options;
  if (metrics) {
    const scrape = createScraper(metrics);
    app.get('/metrics', async ({ raw }, reply) => {
      if (!isLocal(raw)) throw refusal.unknownPath();
      const { type, body } = await scrape(reply.raw);
      return reply.type(type).send(body);
    });
  }
  return app;
}

/** Health and metrics, which are for those who run the service, and have nothing of its data. */
const isOperational = ({ routeOptions: { url = '' } }: FastifyRequest): boolean =>
  url.startsWith('/health/') || url === '/metrics';

/** Records a span for each request, from its parsed body to the end of its response. */
function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isOn) return;
  app.addHook('preHandler', (request, reply, done) => {
    if (request.routeOptions.url !== '/graphql') return done();
    const { traceparent } = request.headers;
    const attributes = {
      'http.request.method': request.method,
      'url.path': '/graphql',
      'http.request.header.x-request-id': request.id,
    };
    const parent = typeof traceparent === 'string' ? traceparent : null;
    const span = tracing.start(`${request.method} /graphql`, { kind: 'server', parent, attributes });
    reply.raw.once('close', () => {
      const { statusCode } = reply.raw;
      span.set({ 'http.response.status_code': statusCode });
      span.end(statusCode >= 500 ? `HTTP ${statusCode}` : undefined);
    });
    span.within(done);
  });
}

/** At level `debug`, logs each request once it is over: by its route, since a path may hold anything. */
function logRequests(app: FastifyInstance, logger: Logger): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (logger.isLevelEnabled('debug')) {
      const { id: requestId, method, routeOptions } = request;
      const { statusCode: status, elapsedTime } = reply;
      const path = routeOptions.url;
      logger.debug({ method, path, status, durationMs: Math.round(elapsedTime), requestId }, 'request');
    }
    done();
  });
}

/** Some clients offer an upgrade to HTTP/2 with each request; Node would treat all of these as upgrades. */
function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** A refusal while the context is made comes before execution, so it sets the HTTP status, too. */
async function withHttpStatus<Ctx>(makeContext: () => Ctx | Promise<Ctx>): Promise<Ctx> {
  try {
    return await makeContext();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const http = { status: refusalStatus(error), headers: new HeaderMap() };
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http } });
  }
}

async function listen(app: FastifyInstance, address: Address) {
  const { host, port } = address;
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error, address);
  }
}
