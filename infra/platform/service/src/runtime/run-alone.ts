import { createLogger, followLogLevel, startTelemetry } from '@airline/observability';
import { warnOpen } from '../config/open.ts';
import { SECRET_REMEDY, type ServiceConfig } from '../config/service-config.ts';
import type { Subgraph } from './define-subgraph.ts';
import { logServing } from './log-serving.ts';
import { openTransport, system } from './runtime.ts';
import { onShutdown } from './shutdown.ts';
import { startProcess } from './start.ts';

/** Runs one subgraph as a process, as in a pod. */
export async function runAlone<Config extends ServiceConfig>(
  subgraph: Pick<Subgraph<Config>, 'name' | 'readConfig' | 'start'>,
): Promise<void> {
  const service = subgraph.name;
  await startProcess(async () => {
    const config = subgraph.readConfig();
    const { traces, logLevelFile } = config.telemetry;
    const logger = createLogger({ service, level: config.logLevel });
    if (logLevelFile !== undefined) await followLogLevel({ file: logLevelFile, loggers: [logger] });
    if (config.subgraphSecret === undefined) warnOpen(logger, { host: config.host, remedy: SECRET_REMEDY });
    const telemetry = await startTelemetry({ service, traces, logger });
    const transport = openTransport(config, logger);
    const running = await subgraph.start(config, { ...system, logger, transport, telemetry });
    logServing(service, running.url, { database: running.databaseUrl, transport: transport.description });
    if (config.redisUrl === undefined) {
      logger.warn('embedded transport: events reach no other process; set REDIS_URL');
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
