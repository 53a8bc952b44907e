import { randomUUID } from 'node:crypto';
import {
  createLogger,
  followLogLevel,
  type Logger,
  type Metrics,
  noTelemetry,
  startTelemetry,
  type Telemetry,
} from '@airline/observability';
import {
  defaultLimits,
  Health,
  logServing,
  onShutdown,
  type RunningServer,
  serveWithMetrics,
  startProcess,
} from '@airline/service/server';
import { Agent } from 'undici';
import { type RouterConfig, readConfig } from './config.ts';
import { createSubscriptions, systemClock } from './fan-out/index.ts';
import { serveHttp } from './http/server.ts';
import { persistedQueries } from './persisted/apq.ts';
import { redisStore } from './persisted/redis-store.ts';
import { memoryStore } from './persisted/store.ts';
import { createAuthorise } from './pipeline/authorise.ts';
import { gatewayExecutor } from './pipeline/gateway-executor.ts';
import { createIdentify } from './pipeline/identify.ts';
import { createPipeline } from './pipeline/pipeline.ts';
import { isRefused } from './pipeline/refusal.ts';
import { SubgraphDataSource } from './sources/data-source.ts';
import { createUpstreams } from './sources/upstreams.ts';
import { createFacade } from './subscriptions/facade.ts';
import { type LiveSubscription, planSubscription } from './subscriptions/plan-subscription.ts';
import { createTransports } from './subscriptions/transports.ts';
import { loadSupergraph } from './supergraph/gateway.ts';
import { SupergraphFile } from './supergraph/supergraph-file.ts';
import { metricsRoutes, tellRouter } from './telemetry.ts';
import { PLAYGROUND_PATH, pageRoutes } from './web/routes.ts';

export { type RouterConfig, readConfig, variables } from './config.ts';

const limits = defaultLimits;

/**
 * Serves the supergraph; the subgraphs need not be up yet.
 *
 * @throws StartError when the supergraph file is missing or invalid, the folder of pages cannot be read, or the port is
 *   in use
 */
export async function startRouter(
  config: RouterConfig,
  logger: Logger,
  telemetry: Telemetry = noTelemetry,
): Promise<RunningServer> {
  const { metrics } = telemetry;
  const { introspection, pages, subscriptionLimits } = config;
  const pagesServed = await pageRoutes(pages);
  const health = new Health({ logger });
  const file = new SupergraphFile({ file: config.supergraphFile, logger });
  health.register({ name: 'supergraph', kind: 'informative', check: () => supergraphHealth(file) });

  const dispatcher = new Agent({ connections: 128 });
  const upstreams = createUpstreams({
    random: Math.random,
    logger,
    lost: (subgraph) => metrics.add('subscription_upstreams_lost_total', 1, { subgraph }),
  });
  const subscriptions = createSubscriptions<LiveSubscription>({
    connect: upstreams.connect,
    clock: systemClock,
    limits: {
      perConnection: subscriptionLimits.perConnection,
      perSubject: subscriptionLimits.perSubject,
      total: subscriptionLimits.inAll,
    },
    failed: (error) => logger.error({ err: error }, 'unexpected error in a subscription'),
  });
  const store = config.redisUrl ? redisStore({ url: config.redisUrl, logger }) : memoryStore();
  const close = async () => {
    upstreams.close();
    store.close();
    await dispatcher.destroy();
  };

  try {
    const supergraph = await loadSupergraph({
      config,
      supergraph: file,
      buildDataSource: ({ name, url }) => {
        upstreams.locate(name, url);
        const timeoutMs = config.subgraphTimeoutMs;
        return new SubgraphDataSource({ name, url, dispatcher, timeoutMs, logger, telemetry });
      },
      onChange: () =>
        subscriptions.reload(({ prepared }) => {
          const again = pipeline.prepareAgain(prepared);
          return isRefused(again) ? again : planSubscription(again, pipeline);
        }),
      logger,
    });
    const pipeline = createPipeline({
      snapshot: () => supergraph.snapshot,
      persisted: persistedQueries(store),
      execute: gatewayExecutor,
      introspection,
      limits,
      now: Date.now,
      logger,
      telemetry,
    });
    tellRouter({ metrics, subscriptions, snapshot: () => supergraph.snapshot });
    const identify = createIdentify(createAuthorise({ ...config.jwt, now: Date.now }));
    const facade = createFacade({ identify, pipeline, subscriptions, requestId: randomUUID });
    const { routes = [], ...transports } = createTransports({ facade, subscriptions, limits, logger });
    const serve = (served: Metrics | undefined) =>
      serveHttp({
        name: 'router',
        host: config.host,
        port: config.port,
        drainDelayMs: config.drainMs,
        portVariable: 'ROUTER_PORT',
        pipeline,
        identify,
        limits,
        cacheSeconds: config.apqCacheSeconds,
        corsOrigins: config.corsOrigins,
        ...transports,
        routes: [...routes, ...pagesServed, ...metricsRoutes(served)],
        playground: pages.playground ? PLAYGROUND_PATH : undefined,
        health,
        logger,
      });
    const told = telemetry === noTelemetry ? undefined : metrics;
    const { host } = config;
    const { metricsPort } = config.telemetry;
    const server = await serveWithMetrics(
      { name: 'router', host, port: metricsPort, metrics: told, logger },
      serve,
    );
    return {
      ...server,
      close: async () => {
        await server.close();
        await supergraph.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function supergraphHealth({ fault }: SupergraphFile) {
  if (fault === undefined) return { ok: true };
  return {
    ok: false,
    detail: 'supergraph file refused; the previous one is still in use; the log says why',
  };
}

if (import.meta.main) {
  await startProcess(async () => {
    const config = readConfig();
    const { traces, logLevelFile } = config.telemetry;
    const logger = createLogger({ service: 'router', level: config.logLevel });
    if (logLevelFile !== undefined) await followLogLevel({ file: logLevelFile, loggers: [logger] });
    const telemetry = await startTelemetry({ service: 'router', traces, logger, adoptsLibraries: true });
    const router = await startRouter(config, logger, telemetry);
    onShutdown(
      async () => {
        await router.close();
        await telemetry.close();
      },
      { logger, drainMs: config.drainMs },
    );
    logServing('router', router.url);
  });
}
