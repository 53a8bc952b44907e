import { createLogger, followLogLevel, startTelemetry } from '@airline/observability';
import type { Service } from '@airline/schema/events';
import type { ServiceConfig } from '../config/service-config.ts';
import { openTransport, type Runtime, system } from './runtime.ts';
import { onShutdown } from './shutdown.ts';
import { startProcess } from './start.ts';
import type { RunningService } from './subgraph.ts';
import { tellServing } from './tell-serving.ts';

/** Runs one service as a process of its own, as a pod does. */
export async function runAlone<Config extends ServiceConfig>(
  service: Service,
  readConfig: () => Config,
  start: (config: Config, runtime: Runtime) => Promise<RunningService>,
): Promise<void> {
  await startProcess(async () => {
    const config = readConfig();
    const { traces, logLevelFile } = config.telemetry;
    const logger = createLogger({ service, level: config.logLevel });
    if (logLevelFile !== undefined) await followLogLevel({ file: logLevelFile, loggers: [logger] });
    const telemetry = await startTelemetry({ service, traces, logger });
    const transport = openTransport(config, logger);
    const running = await start(config, { ...system, logger, transport, telemetry });
    tellServing(service, running.url, {
      database: running.databaseUrl,
      transport: transport.description,
    });
    if (config.redisUrl === undefined) {
      logger.warn(
        'This process runs alone on the embedded transport, so no other service hears it: set REDIS_URL.',
      );
    }
    onShutdown(
      async () => {
        await running.close();
        await telemetry.close();
      },
      { logger, drainMs: config.drainMs },
    );
  });
}
