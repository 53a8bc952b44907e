import type { Server, ServerResponse } from 'node:http';
import { isTransient } from '@airline/database';
import { activeTraceparent, type Metrics, noTelemetry, parseTraceparent } from '@airline/observability';
import type { Service } from '@airline/schema/events';
import { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { ServiceConfig } from '../config/service-config.ts';
import { HttpRefusal } from '../errors/errors.ts';
import { refusal } from '../errors/refusal.ts';
import { fromNow, type Start } from '../feed/cursor.ts';
import { refuseSubscriptions } from '../feed/refuse.ts';
import { serveSubscriptions } from '../feed/serve.ts';
import { apolloOptions } from '../graphql/apollo.ts';
import { boundFields, stoppedResponse, type WorkContext } from '../graphql/bounded-fields.ts';
import { operationTelemetry } from '../graphql/operation-telemetry.ts';
import { RequestWork } from '../graphql/request-work.ts';
import type { Boundary } from '../http/boundary.ts';
import type { Health } from '../http/health.ts';
import { serveWithHealth } from '../http/health-server.ts';
import { type RunningServer, serveGraphQL } from '../http/http.ts';
import { serveWithMetrics } from '../http/metrics-server.ts';
import { type Caller, callerText, everyone } from '../identity/caller.ts';
import {
  CALLER_HEADER,
  createVerifyCaller,
  subscribeText,
  type VerifyCaller,
} from '../identity/caller-token.ts';
import { subgraphLimits as limits, workLimits } from '../limits/limits.ts';
import { databaseLabel } from './open-database.ts';
import type { Runtime } from './runtime.ts';

export interface ServeSubgraphOptions<Context extends WorkContext> {
  readonly service: Service;
  readonly config: ServiceConfig;
  readonly runtime: Runtime;
  /** Its fields are bounded in place. */
  readonly schema: GraphQLSchema;
  readonly health: Health;
  /** Makes the context of one request. */
  readonly context: (request: RequestFacts & WorkContext) => Context;
}

/** The parts of a request beside its operation. */
export interface RequestFacts {
  /** W3C Trace Context, for the events that the request causes. */
  readonly traceparent: string | undefined;
  /** The same of a request that is sent again, because nobody knows whether it has arrived; undefined: it is sent once. */
  readonly idempotencyKey: string | undefined;
  readonly caller: Caller;
  /** How long anyone waits for the response, in milliseconds; undefined: unknown. */
  readonly timeoutMs: number | undefined;
  /** Where a subscription starts. */
  readonly start: Start;
}

/** Serves a subgraph. */
export async function serveSubgraph<Context extends WorkContext>(
  options: ServeSubgraphOptions<Context>,
): Promise<RunningServer> {
  const { service, config, runtime, health, context } = options;
  const schema = boundFields(options.schema);
  const { logger, telemetry = noTelemetry } = runtime;
  const { host, port } = config;
  const { subgraphSecret: secret } = config;
  // The clock of the machine, as the router signs by it.
  const verify = secret === undefined ? undefined : createVerifyCaller(service, { secret, now: Date.now });
  const subscriptions = (server: Server, boundary: Boundary) =>
    serveSubscriptions<RequestFacts>(server, {
      schema,
      boundary,
      context: (facts) => context({ ...facts, work: new RequestWork(workLimits) }),
      limits,
      logger,
      facts: (payload) => {
        const { headers, cursor, announceCursor } = payload.extensions ?? {};
        const caller = subscriberOf(payload, verify);
        const start = { cursor, isAnnounced: announceCursor === true };
        return caller instanceof HttpRefusal ? caller : requestFacts(Object(headers), caller, start);
      },
    });
  const apollo = apolloOptions({
    logger,
    introspection: true,
    limits,
    isTransient,
    database: databaseLabel(config.databaseUrl),
  });
  const plugins = [
    ...apollo.plugins,
    refuseSubscriptions,
    stoppedResponse,
    operationTelemetry(telemetry.metrics, logger),
  ];
  const serve = (metrics: Metrics | undefined) =>
    serveGraphQL({
      name: service,
      host,
      port,
      drainDelayMs: config.drainMs,
      portVariable: `${service.toUpperCase()}_PORT`,
      apollo: new ApolloServer<Context>({ ...apollo, plugins, schema }),
      verify,
      context: ({ headers }, response, caller) => {
        const request = requestFacts(headers, caller, fromNow);
        return context({ ...request, work: workUntil(response, request.timeoutMs) });
      },
      subscriptions: schema.getSubscriptionType() ? subscriptions : undefined,
      allowedHosts: config.allowedHosts,
      health,
      logger,
      limits,
      tracing: telemetry.tracing,
      metrics,
    });
  const { metricsPort, healthPort } = config.telemetry;
  const metrics = runtime.telemetry?.metrics;
  const beside = { name: service, host, health, logger };
  return await serveWithHealth({ ...beside, port: healthPort }, () =>
    serveWithMetrics({ ...beside, port: metricsPort, metrics }, serve),
  );
}

/** On whose behalf a `subscribe` message is, as `RequestCallers` decides it of a request. */
function subscriberOf(payload: SubscribePayload, verify: VerifyCaller | undefined): Caller | HttpRefusal {
  const token = payload.extensions?.[CALLER_HEADER];
  if (!verify) return token === undefined ? everyone : refusal.unverifiable();
  const verified = verify(token);
  return verified?.covers(subscribeText(payload)) ? verified.caller : refusal.unsigned();
}

/** The work of a request, until its deadline and as long as its connection is open. */
function workUntil(response: ServerResponse, timeoutMs: number | undefined): RequestWork {
  const work = new RequestWork(workLimits);
  const stop = () => work.stop('REQUEST_TIMEOUT', 'Nobody waits for the response any longer.');
  const deadline = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
  response.once('close', () => {
    clearTimeout(deadline);
    if (!response.writableFinished) stop();
  });
  return work;
}

/** A string of structured fields (RFC 8941, section 3.3.3), as the router writes it. */
const KEY = /^"[\w-]{1,100}"$/;

function requestFacts(
  headers: Readonly<Record<string, unknown>>,
  caller: Caller,
  start: Omit<Start, 'client'>,
): RequestFacts {
  const { traceparent, 'x-request-timeout-ms': timeout, 'idempotency-key': key } = headers;
  return {
    traceparent: activeTraceparent() ?? (parseTraceparent(traceparent) && String(traceparent)),
    timeoutMs: typeof timeout === 'string' && /^\d{1,9}$/.test(timeout) ? Number(timeout) : undefined,
    idempotencyKey: typeof key === 'string' && KEY.test(key) ? key : undefined,
    caller,
    start: { ...start, client: caller.subject ?? callerText(caller) },
  };
}
