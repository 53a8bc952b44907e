import { createLogger, followLogLevel, type Logger, startTelemetry } from '@airline/observability';
import { type RouterConfig, readConfig as readRouterConfig, startRouter } from '@airline/router';
import {
  type Env,
  holdDataFolder,
  openTransport,
  type RunningServer,
  type RunningService,
  type Runtime,
  type Subgraph,
  system,
} from '@airline/service';
import { withSubgraphSecret } from './subgraph-secret.ts';
import { loadSubgraphs } from './subgraphs.ts';

/** Replacements of the real runtime, in tests. */
export type Overrides = Partial<Omit<Runtime, 'logger' | 'telemetry' | 'transport'>>;

export interface RunningSystem {
  readonly router: RunningServer;
  readonly services: readonly RunningService[];
  /** For people. */
  readonly transport: string;
  close(): Promise<void>;
}

/** Starts every subgraph and the router in this process, each configured by `env` as in a process of its own. */
export async function startAll(given: Env, overrides: Overrides = {}): Promise<RunningSystem> {
  const env = withSubgraphSecret(given);
  const configured = (await loadSubgraphs()).map((subgraph) => ({
    subgraph,
    config: subgraph.readConfig(env),
  }));
  const routerConfig = readRouterConfig(env);
  const [first] = configured;
  if (!first) throw new Error('The list of subgraphs is empty.');

  await using stack = new AsyncDisposableStack();
  if (first.config.redisUrl === undefined) stack.defer(holdDataFolder(first.config.dataDir));
  const {
    transportLogger,
    observed,
    router: routerObserved,
  } = await observe(configured, routerConfig, stack);
  const transport = openTransport(first.config, transportLogger);
  const services = await startTogether(
    observed.map(({ subgraph, config, logger, telemetry }) =>
      subgraph.start(config, { ...system, ...overrides, transport, logger, telemetry }),
    ),
  );
  stack.defer(() => closeAll(services));
  const subgraphUrls = Object.fromEntries(services.map(({ service, url }) => [service, url]));
  const { logger, telemetry } = routerObserved;
  const router = await startRouter({ ...routerConfig, subgraphUrls }, logger, telemetry);
  stack.defer(() => router.close());

  const running = stack.move();
  return {
    router,
    services,
    transport: transport.description,
    close: () => running.disposeAsync(),
  };
}

/** A logger and telemetry for each; they share the log level file and the collector of traces. */
async function observe<Each extends { readonly subgraph: Pick<Subgraph, 'name'> }>(
  configured: readonly Each[],
  { logLevel: level, telemetry: { logLevelFile, traces } }: RouterConfig,
  stack: AsyncDisposableStack,
) {
  const withLogger = (service: string) => ({ service, logger: createLogger({ service, level }) });
  const { logger: transportLogger } = withLogger('transport');
  const router = withLogger('router');
  const subgraphs = configured.map((each) => ({ ...each, ...withLogger(each.subgraph.name) }));
  if (logLevelFile !== undefined) {
    const loggers = subgraphs.map(({ logger }) => logger);
    const following = await followLogLevel({
      file: logLevelFile,
      loggers: [transportLogger, router.logger, ...loggers],
    });
    stack.defer(() => following.close());
  }
  const withTelemetry = async <Logged extends { readonly service: string; readonly logger: Logger }>(
    logged: Logged,
  ) => {
    const telemetry = await startTelemetry({ ...logged, traces });
    stack.defer(() => telemetry.close());
    return { ...logged, telemetry };
  };
  return {
    transportLogger,
    router: await withTelemetry(router),
    observed: await Promise.all(subgraphs.map(withTelemetry)),
  };
}

/** Waits for all to start; if one fails, the others are closed. */
async function startTogether<Started extends { close(): Promise<void> }>(
  starting: readonly Promise<Started>[],
): Promise<Started[]> {
  const results = await Promise.allSettled(starting);
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (!failure) return started;
  await closeAll(started);
  throw failure.reason;
}

async function closeAll(started: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(started.map((each) => each.close()));
}
