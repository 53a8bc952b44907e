import type { Server } from 'node:http';
import { isTransient } from '@airline/database';
import type { Running } from '@airline/messaging';
import type { Logger } from '@airline/observability';
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { makeServer, type SubscribePayload } from 'graphql-ws';
import { HttpRefusal } from '../errors/errors.ts';
import { errorFormatter } from '../errors/format-error.ts';
import type { WorkContext } from '../graphql/bounded-fields.ts';
import type { Boundary } from '../http/boundary.ts';
import type { ClientSocket } from '../http/graphql-socket.ts';
import { refuseUpgrade, serveWebSockets } from '../http/web-sockets.ts';
import type { Limits } from '../limits/limits.ts';
import { executeSubscription } from './execute.ts';
import { subscriptionGuard } from './prepare.ts';

export interface SubscriptionOptions<Facts> {
  readonly schema: GraphQLSchema;
  /** What a `subscribe` message says beside its operation; or why it may say nothing here. */
  readonly facts: (payload: SubscribePayload) => Facts | HttpRefusal;
  /** What resolvers see; called anew for each event. */
  readonly context: (facts: Facts) => WorkContext;
  readonly boundary: Boundary;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** Serves subscriptions at `/graphql` of an HTTP server, over WebSockets that speak `graphql-transport-ws`. */
export function serveSubscriptions<Facts>(server: Server, options: SubscriptionOptions<Facts>): Running {
  const { schema, facts, context, boundary, limits, logger } = options;
  const guard = subscriptionGuard(schema, limits);
  const mask = errorMask(logger);
  const protocol = makeServer<Record<string, unknown>, ClientSocket>({
    onSubscribe: ({ extra: socket }, id) => {
      const { payload } = socket.take(id);
      const contextValue = facts(payload);
      if (contextValue instanceof HttpRefusal) return [graphqlError(contextValue)];
      const prepared = guard(payload);
      return 'document' in prepared ? { ...prepared, contextValue } : prepared;
    },
    // The facts are what `onSubscribe` has put there.
    subscribe: (args: ExecutionArgs) => executeSubscription(args, () => context(args.contextValue as Facts)),
    onNext: (_connection, _id, _payload, _args, { errors, ...result }) =>
      errors ? { ...result, errors: errors.map(mask) } : result,
    onError: (_connection, _id, _payload, errors) => errors.map(mask),
  });

  const { upgrade, close } = serveWebSockets({
    protocol,
    extra: (_request, socket) => socket,
    limits,
    logger,
  });
  server.on('upgrade', (request, connection, head) => {
    const refused = boundary(request);
    if (refused) refuseUpgrade(connection, refused);
    else upgrade(request, connection, head);
  });
  return { close };
}

function graphqlError({ code, message }: HttpRefusal): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Errors as an HTTP response would show them. */
function errorMask(logger: Logger): (error: GraphQLError) => GraphQLFormattedError {
  const format = errorFormatter(logger, isTransient);
  return (error) => {
    // graphql-ws wraps what `next` rejects with.
    const { originalError } = error;
    const cause = originalError instanceof GraphQLError && !error.path ? originalError : error;
    const { extensions, ...formatted } = cause.toJSON();
    return format({ ...formatted, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions } }, cause);
  };
}
