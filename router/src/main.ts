import { randomUUID } from 'node:crypto';
import {
  createLogger,
  followLogLevel,
  type Logger,
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
  serveWithHealth,
  serveWithMetrics,
  startProcess,
  warnOpen,
} from '@airline/service/server';
import { createAddressOf } from './admission/address.ts';
import { createLanes, type Lanes } from './admission/lanes.ts';
import { type Audit, createAudit } from './audit/audit.ts';
import { auditedIdentify, foreignRequests } from './audit/audited.ts';
import { openSink } from './audit/sink.ts';
import { systemClock } from './clock.ts';
import { type RouterConfig, readConfig } from './config.ts';
import { type Graph, openGraph } from './graph.ts';
import type { Route } from './http/routes.ts';
import { type HttpOptions, serveHttp } from './http/server.ts';
import { JWT_REMEDY } from './jwt-config.ts';
import { readTrusted } from './persisted/trusted.ts';
import { createAuthorise } from './pipeline/authorise.ts';
import { createIdentify } from './pipeline/identify.ts';
import type { Prepared } from './pipeline/prepared.ts';
import { reportOf } from './report.ts';
import { createFacade } from './subscriptions/facade.ts';
import { createTransports } from './subscriptions/transports.ts';
import { SupergraphFile } from './supergraph/supergraph-file.ts';
import { metricsRoutes, recordRouter } from './telemetry.ts';
import { namedPages, PLAYGROUND_PATH, pageRoutes } from './web/routes.ts';
import { signInOf } from './web/sign-in.ts';
import { pageOfUnknownPath } from './web/unknown-path.ts';

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
  const file = new SupergraphFile({ file: config.supergraphFile, logger });
  const health = new Health({ logger });
  health.register({ name: 'supergraph', kind: 'informative', check: () => supergraphHealth(file) });
  const pages = await pageRoutes({ ...config.pages, signIn: signInOf(config) });
  const { mode, files } = config.trustedDocuments;
  const trusted = { mode, texts: await readTrusted(files) };
  const sink = await openSink(config.auditLog, logger);
  const audit = sink && createAudit(sink, systemClock);
  const { metrics } = telemetry;
  const about = { version: config.version, startedAt: new Date() };
  const graph = await openGraph({
    config,
    supergraph: file,
    trusted,
    limits,
    audit,
    logger,
    telemetry,
    report: (found) => reportOf({ ...about, ...found, lanes, metrics }),
  });
  const { admission, costLimit } = config;
  const lanes = createLanes({ limits: admission.operations, costLimit, clock: systemClock });
  const { host } = config;
  const served = telemetry === noTelemetry ? undefined : metrics;
  const { metricsPort, healthPort } = config.telemetry;
  const beside = { name: 'router', host, health, logger };
  const parts = { graph, lanes, audit, health, logger };
  try {
    const server = await serveWithHealth({ ...beside, port: healthPort }, () =>
      serveWithMetrics({ ...beside, port: metricsPort, metrics: served }, (atThisPort) =>
        serveHttp(httpOptions(config, { ...parts, pages: [...pages, ...metricsRoutes(atThisPort)] })),
      ),
    );
    recordRouter({ metrics, ...graph, lanes, connections: server.connections });
    return {
      ...server,
      close: async () => {
        await server.close();
        lanes.close();
        await graph.close();
        await audit?.close();
      },
    };
  } catch (error) {
    lanes.close();
    await graph.close();
    throw error;
  }
}

interface Served {
  readonly graph: Graph;
  readonly lanes: Lanes;
  readonly audit: Audit | undefined;
  readonly health: Health;
  readonly logger: Logger;
  /** Served beside GraphQL. */
  readonly pages: readonly Route[];
}

function httpOptions(
  config: RouterConfig,
  { graph, lanes, audit, health, logger, pages }: Served,
): HttpOptions<Prepared> {
  const { pipeline, subscriptions } = graph;
  const addressOf = createAddressOf(config.clientAddress);
  const authorise = createAuthorise({ trusted: config.jwt, now: Date.now, failed: keysFailed(logger) });
  const overridesHeader = config.overrides.header;
  const identify = createIdentify({ authorise, addressOf, overridesHeader });
  const recorded = audit ? auditedIdentify(identify, audit, addressOf) : identify;
  const { admit, hold } = lanes;
  const facade = createFacade({
    identify: recorded,
    admit,
    hold,
    pipeline,
    subscriptions,
    requestId: randomUUID,
  });
  const { routes = [], ...transports } = createTransports({ facade, subscriptions, limits, logger });
  return {
    name: 'router',
    host: config.host,
    port: config.port,
    drainDelayMs: config.drainMs,
    portVariable: 'ROUTER_PORT',
    pipeline,
    identify: recorded,
    admit,
    hold,
    connections: {
      limits: config.admission.connections,
      addressOf,
      isBehindProxy: config.clientAddress.header !== undefined,
      now: () => performance.now(),
    },
    limits,
    cacheSeconds: config.apqCacheSeconds,
    allowedHosts: config.allowedHosts,
    corsOrigins: config.corsOrigins,
    hstsSeconds: config.hstsSeconds,
    foreign: audit && foreignRequests(audit, addressOf),
    ...transports,
    routes: [...routes, ...pages],
    unknownPath: pages.length > 0 ? pageOfUnknownPath(namedPages(config.pages)) : undefined,
    playground: config.pages.playground ? PLAYGROUND_PATH : undefined,
    health,
    logger,
  };
}

const keysFailed = (logger: Logger) => (error: unknown) =>
  logger.warn({ err: error }, 'signing keys unavailable');

function supergraphHealth({ fault }: SupergraphFile) {
  if (fault === undefined) return { ok: true };
  return {
    ok: false,
    detail: 'supergraph file refused; the previous one is still in use; see the log',
  };
}

if (import.meta.main) {
  await startProcess(async () => {
    const config = readConfig();
    const { traces, logLevelFile } = config.telemetry;
    const logger = createLogger({ service: 'router', level: config.logLevel });
    if (logLevelFile !== undefined) await followLogLevel({ file: logLevelFile, loggers: [logger] });
    if (config.jwt === undefined) warnOpen(logger, { host: config.host, remedy: JWT_REMEDY });
    const telemetry = await startTelemetry({ service: 'router', traces, logger });
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
