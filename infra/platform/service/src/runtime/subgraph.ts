import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { State, Store } from '@airline/database';
import type { Running } from '@airline/messaging';
import { activeTraceparent, type Metrics, noTelemetry, parseTraceparent } from '@airline/observability';
import type { Service } from '@airline/schema/events';
import { ApolloServer } from '@apollo/server';
import type { ServiceConfig } from '../config/service-config.ts';
import { fromNow, type Start } from '../feed/cursor.ts';
import { refuseSubscriptions } from '../feed/refuse.ts';
import { serveSubscriptions } from '../feed/serve.ts';
import { apolloOptions } from '../graphql/apollo.ts';
import { operationTelemetry } from '../graphql/operation-telemetry.ts';
import { subgraphSchema } from '../graphql/subgraph-schema.ts';
import { Health } from '../http/health.ts';
import { type RunningServer, serveGraphQL } from '../http/http.ts';
import { serveWithMetrics } from '../http/metrics-server.ts';
import { type Operator, operatorOf } from '../http/operator.ts';
import { subgraphLimits as limits } from '../limits/limits.ts';
import type { Runtime } from './runtime.ts';
import { transportCheck } from './transport-check.ts';

export interface SubgraphOptions<S extends State, Context extends object> {
  readonly service: Service;
  readonly config: ServiceConfig;
  readonly runtime: Runtime;
  readonly store: Store<S>;
  /** The subgraph's own `schema.graphql`. */
  readonly schemaFile: URL;
  readonly resolvers: object;
  /** What resolvers see of one request. */
  readonly context: (request: RequestFacts) => Context;
}

/** What a subgraph takes from a request beside its operation. */
export interface RequestFacts {
  /** What the events that it causes carry on. */
  readonly traceparent: string | undefined;
  readonly operator: Operator;
  /** For a subscription: where it starts. */
  readonly start: Start;
}

/** Serves a subgraph; it is ready while its database answers, and says so when its transport has trouble. */
export async function serveSubgraph<S extends State, Context extends object>(
  options: SubgraphOptions<S, Context>,
): Promise<RunningServer> {
  const { service, config, runtime, store, schemaFile, resolvers, context } = options;
  const { logger, transport, now, telemetry = noTelemetry } = runtime;
  const { metricsPort } = config.telemetry;
  const health = new Health({ logger });
  health.register({
    name: 'database',
    kind: 'required',
    check: async () => {
      await store.ping();
      return { ok: true };
    },
  });
  health.register(transportCheck({ transport, log: store.log, now }));
  const sdl = readFileSync(schemaFile, 'utf8');
  const schema = subgraphSchema({ service, sdl, resolvers, deadLetters: store.deadLetters });
  const factsOf = (headers: Readonly<Record<string, unknown>>, start: Start): RequestFacts => {
    const { traceparent, authorization } = headers;
    return {
      traceparent: activeTraceparent() ?? (parseTraceparent(traceparent) && String(traceparent)),
      operator: operatorOf(
        typeof authorization === 'string' ? authorization : undefined,
        config.operatorToken,
      ),
      start,
    };
  };
  const subscriptions = (server: Server) =>
    serveSubscriptions(server, {
      schema,
      context,
      limits,
      logger,
      facts: ({ headers, cursor, announceCursor }) =>
        factsOf(Object(headers), { cursor, isAnnounced: announceCursor === true }),
    });
  const apollo = apolloOptions({ logger, introspection: true, limits });
  const serve = (metrics: Metrics | undefined) =>
    serveGraphQL({
      name: service,
      host: config.host,
      port: config.port,
      drainDelayMs: config.drainMs,
      portVariable: `${service.toUpperCase()}_PORT`,
      apollo: new ApolloServer<Context>({
        ...apollo,
        plugins: [...apollo.plugins, refuseSubscriptions, operationTelemetry(telemetry.metrics)],
        schema,
      }),
      context: ({ headers }) => context(factsOf(headers, fromNow)),
      subscriptions: schema.getSubscriptionType() ? subscriptions : undefined,
      health,
      logger,
      limits,
      tracing: telemetry.tracing,
      metrics,
    });
  const { host } = config;
  return await serveWithMetrics(
    { name: service, host, port: metricsPort, metrics: runtime.telemetry?.metrics, logger },
    serve,
  );
}

export interface RunningService extends Running {
  readonly service: Service;
  readonly url: string;
  readonly databaseUrl: string;
}
