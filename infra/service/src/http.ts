import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@airline/observability';
import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { GraphQLError } from 'graphql';
import { RequestError } from './errors.ts';
import { graphqlRequestGuard, readJsonBodies } from './graphql-request.ts';
import type { Health } from './health.ts';
import { refusals } from './http-errors.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { StartError } from './start.ts';

export interface ServeOptions<Ctx extends BaseContext> {
  /** The server's name in messages. */
  name: string;
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** The environment variable that sets the port, for the message when it is taken. */
  portVariable: string;
  /** Made with `apolloOptions` and not yet started; it is started here and stopped by `close`. */
  apollo: ApolloServer<Ctx>;
  /** `request.id` is the request's id: its `x-request-id` header, or a new one. */
  context: (request: FastifyRequest) => Ctx | Promise<Ctx>;
  health: Health;
  logger: Logger;
  /** Largest body in bytes; 256 KiB when left out. */
  bodyLimitBytes?: number;
  limits?: Limits;
  /** On close, how long to answer on with readiness already 503, so that load balancers notice; 0 when left out. */
  drainDelayMs?: number;
  /** On close, how long running requests may take to finish before they are cut off; 8 seconds when left out. */
  graceMs?: number;
  /** Makes ids for requests that bring none; random UUIDs when left out. */
  requestId?: () => string;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Readiness turns 503, no new connections are accepted, running requests finish, then the GraphQL server stops. */
  close(): Promise<void>;
}

/**
 * Serves GraphQL at `/graphql`, `GET /health/live` and `GET /health/ready`. Whatever fails is answered as a GraphQL
 * error with an `extensions.code`.
 *
 * @throws StartError when the port cannot be listened on; what `apollo.start()` throws
 */
export async function serveGraphQL<Ctx extends BaseContext>(
  options: ServeOptions<Ctx>,
): Promise<RunningServer> {
  const { apollo, health, graceMs = 8_000, drainDelayMs = 0 } = options;
  let draining = false;
  const app = buildApp(options, () => draining);
  await apollo.start();
  try {
    await app.register(fastifyApollo(apollo), {
      path: '/graphql',
      method: ['GET', 'POST'],
      context: async (request) => withHttpStatus(() => options.context(request)),
    });
    await listen(app, options);
  } catch (error) {
    await app.close();
    await apollo.stop();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;

  let closed: Promise<void> | undefined;
  const close = async () => {
    health.beginShutdown();
    await delay(drainDelayMs);
    draining = true;
    const cutOff = setTimeout(() => app.server.closeAllConnections(), graceMs);
    await app.close();
    clearTimeout(cutOff);
    await apollo.stop();
  };
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/graphql`,
    port,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function buildApp<Ctx extends BaseContext>(
  options: ServeOptions<Ctx>,
  draining: () => boolean,
): FastifyInstance {
  const { health, logger, limits = defaultLimits, requestId = randomUUID } = options;
  const bodyLimitBytes = options.bodyLimitBytes ?? limits.bodyBytes;
  const { onError, onNotFound, onBrokenRequest } = refusals({ logger, bodyLimitBytes });
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    // Requests that come on open connections while these are drained are answered, and told to close theirs.
    return503OnClosing: false,
    genReqId: ({ headers }) => {
      const id = headers['x-request-id'];
      return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : requestId();
    },
    frameworkErrors: onError,
    clientErrorHandler: onBrokenRequest,
  });
  readJsonBodies(app, limits);
  app.setErrorHandler(onError);
  app.setNotFoundHandler(onNotFound);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onSend', async (_request, reply) => {
    if (draining()) reply.header('connection', 'close');
  });
  const guard = graphqlRequestGuard(limits);
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.url === '/graphql') guard(request);
  });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const readiness = await health.readiness();
    reply.code(readiness.status === 'ready' || readiness.status === 'degraded' ? 200 : 503);
    return readiness;
  });
  return app;
}

const refusalStatus: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, BAD_USER_INPUT: 400 };

/** A request refused while its context is made has no GraphQL answer yet, so its HTTP status says so, too. */
async function withHttpStatus<Ctx>(makeContext: () => Ctx | Promise<Ctx>): Promise<Ctx> {
  try {
    return await makeContext();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const http = { status: refusalStatus[String(error.extensions.code)] ?? 400, headers: new HeaderMap() };
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http } });
  }
}

async function listen(
  app: FastifyInstance,
  options: { name: string; host: string; port: number; portVariable: string },
) {
  const { name, host, port, portVariable } = options;
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons: Record<string, string> = {
      EADDRINUSE: `port ${port} on ${host} is in use. Set ${portVariable} to a free port (0 picks one), or stop what listens there.`,
      EACCES: `port ${port} on ${host} may not be used by this user. Set ${portVariable} to a port above 1023.`,
      EADDRNOTAVAIL: `this machine has no address ${host}. Set HOST to one it has, such as 127.0.0.1 or 0.0.0.0.`,
      ENOTFOUND: `the host ${host} is unknown. Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
    };
    const reason = reasons[String(code)];
    throw reason === undefined ? error : new StartError(`The ${name} server cannot start: ${reason}`);
  }
}
