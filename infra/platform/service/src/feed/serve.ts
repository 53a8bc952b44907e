import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Running } from '@airline/messaging';
import type { Logger } from '@airline/observability';
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { errorFormatter } from '../errors/format-error.ts';
import { rawAnswer, refusal } from '../errors/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { executeSubscription } from './execute.ts';
import { startHeartbeat } from './heartbeat.ts';
import { subscriptionGuard } from './prepare.ts';
import { graphqlSocket } from './socket.ts';

export interface SubscriptionOptions<Facts> {
  readonly schema: GraphQLSchema;
  /** What a `subscribe` message says beside its operation, by its `extensions`. */
  readonly facts: (extensions: Readonly<Record<string, unknown>>) => Facts;
  /** What resolvers see; asked for anew for each event. */
  readonly context: (facts: Facts) => object;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** On close, how long clients may take to close their side before they are cut off. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Serves subscriptions at `/graphql` of an HTTP server, over WebSockets that speak `graphql-transport-ws`. Closing it
 * closes them with 1001 (RFC 6455: going away); other upgrades are refused.
 */
export function serveSubscriptions<Facts>(server: Server, options: SubscriptionOptions<Facts>): Running {
  const { schema, facts, context, limits, logger } = options;
  const guard = subscriptionGuard(schema, limits);
  const mask = errorMask(logger);
  const graphql = makeServer<Record<string, unknown>, undefined>({
    onSubscribe: (_connection, _id, payload) => {
      const prepared = guard(payload);
      return 'document' in prepared
        ? { ...prepared, contextValue: facts(payload.extensions ?? {}) }
        : prepared;
    },
    subscribe: (args: ExecutionArgs) => executeSubscription(args, () => context(args.contextValue as Facts)),
    onNext: (_connection, _id, _payload, _args, { errors, ...result }) =>
      errors ? { ...result, errors: errors.map(mask) } : result,
    onError: (_connection, _id, _payload, errors) => errors.map(mask),
  });

  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: limits.bodyBytes,
    perMessageDeflate: false,
  });
  const heartbeat = startHeartbeat(sockets.clients);
  let isClosing = false;

  function opened(socket: WebSocket): void {
    // The socket closes itself, with the code that fits, on what it cannot read.
    socket.on('error', (error) => logger.debug({ err: error }, 'a WebSocket failed'));
    heartbeat.watch(socket);
    const closed = graphql.opened(graphqlSocket(socket, limits, logger), undefined);
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) => {
        logger.error({ err: error }, 'unexpected error while subscriptions were ended');
      });
    });
  }

  function upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    connection.on('error', () => connection.destroy());
    if (isClosing) connection.destroy();
    else if (request.url?.split('?', 1)[0] !== '/graphql') connection.end(rawAnswer(refusal.nothingHere()));
    else sockets.handleUpgrade(request, connection, head, opened);
  }

  server.on('upgrade', upgrade);

  return {
    close: async () => {
      isClosing = true;
      heartbeat.stop();
      const open = [...sockets.clients];
      const closed = Promise.all(
        open.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
      );
      for (const socket of open) socket.close(1001, 'The server is going away');
      const cutOff = setTimeout(() => {
        for (const socket of open) socket.terminate();
      }, CLOSE_WITHIN_MS);
      await closed;
      clearTimeout(cutOff);
      sockets.close();
    },
  };
}

/** Errors as an HTTP response would show them. */
function errorMask(logger: Logger): (error: GraphQLError) => GraphQLFormattedError {
  const format = errorFormatter(logger);
  return (error) => {
    // graphql-ws wraps what `next` rejects with.
    const { originalError } = error;
    const cause = originalError instanceof GraphQLError && !error.path ? originalError : error;
    const { extensions, ...formatted } = cause.toJSON();
    return format({ ...formatted, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions } }, cause);
  };
}
