import { readConfig as readDashboardConfig, startDashboard } from '@airline/dashboard';
import { readConfig as readFlightConfig, startFlight } from '@airline/flight';
import {
  createLogger,
  followLogLevel,
  type Logger,
  type LogLevel,
  type RunningTelemetry,
  startTelemetry,
  type TracesConfig,
} from '@airline/observability';
import { readConfig as readPaymentConfig, startPayment } from '@airline/payment';
import { readConfig as readReservationConfig, startReservation } from '@airline/reservation';
import { readConfig as readRouterConfig, startRouter } from '@airline/router';
import { services as names, type Service } from '@airline/schema/events';
import {
  type Env,
  openTransport,
  type RunningServer,
  type RunningService,
  type Runtime,
  system,
} from '@airline/service';

/** What takes the place of the real thing, in tests. */
export type Overrides = Partial<Omit<Runtime, 'logger' | 'telemetry' | 'transport'>>;

export interface RunningSystem {
  readonly router: RunningServer;
  readonly services: readonly RunningService[];
  /** For people. */
  readonly transport: string;
  close(): Promise<void>;
}

/** Starts the four services and the router in this process, told by `env` as each of them would be alone. */
export async function startAll(env: Env, overrides: Overrides = {}): Promise<RunningSystem> {
  const reservation = readReservationConfig(env);
  const flight = readFlightConfig(env);
  const payment = readPaymentConfig(env);
  const dashboard = readDashboardConfig(env);
  const routerConfig = readRouterConfig(env);
  const { logLevel } = reservation;
  const { logLevelFile, traces } = reservation.telemetry;
  const transportLogger = createLogger({ service: 'transport', level: logLevel });
  const watched = await Promise.all(
    (['router', ...names] as const).map((name) => watch(name, logLevel, traces)),
  );
  const watchedOf = (name: Service | 'router') => watched.find((each) => each.name === name) as Watched;
  const loggers = watched.map(({ logger }) => logger);
  const levelFile =
    logLevelFile === undefined
      ? undefined
      : await followLogLevel({ file: logLevelFile, loggers: [transportLogger, ...loggers] });
  const stopWatching = async () => {
    await Promise.all([levelFile?.close(), ...watched.map(({ telemetry }) => telemetry.close())]);
  };
  const transport = openTransport(reservation, transportLogger);
  const runtimeOf = (service: Service): Runtime => {
    const { logger, telemetry } = watchedOf(service);
    return { ...system, ...overrides, transport, logger, telemetry };
  };

  const services = await startTogether([
    startReservation(reservation, runtimeOf('reservation')),
    startFlight(flight, runtimeOf('flight')),
    startPayment(payment, runtimeOf('payment')),
    startDashboard(dashboard, runtimeOf('dashboard')),
  ]).catch(async (error: unknown) => {
    await stopWatching();
    throw error;
  });
  const closeServices = async () => {
    await Promise.all(services.map((service) => service.close()));
    await stopWatching();
  };
  const subgraphUrls = Object.fromEntries(services.map(({ service, url }) => [service, url]));
  const { logger, telemetry } = watchedOf('router');
  const router = await startRouter({ ...routerConfig, subgraphUrls }, logger, telemetry).catch(
    async (error: unknown) => {
      await closeServices();
      throw error;
    },
  );
  return {
    router,
    services,
    transport: transport.description,
    close: async () => {
      await router.close();
      await closeServices();
    },
  };
}

/** By what a service, or the router, is watched. */
interface Watched {
  readonly name: Service | 'router';
  readonly logger: Logger;
  readonly telemetry: RunningTelemetry;
}

async function watch(
  name: Watched['name'],
  level: LogLevel,
  traces: TracesConfig | undefined,
): Promise<Watched> {
  const logger = createLogger({ service: name, level });
  const adoptsLibraries = name === 'router';
  return {
    name,
    logger,
    telemetry: await startTelemetry({ service: name, traces, logger, adoptsLibraries }),
  };
}

/** Waits for all to start; if one cannot, those that did are closed again. */
async function startTogether<Started extends { close(): Promise<void> }>(
  starting: readonly Promise<Started>[],
): Promise<Started[]> {
  const results = await Promise.allSettled(starting);
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (!failure) return started;
  await Promise.all(started.map((each) => each.close()));
  throw failure.reason;
}
