import { readConfig as readDashboardConfig, startDashboard } from '@airline/dashboard';
import { readConfig as readFlightConfig, startFlight } from '@airline/flight';
import { createLogger, type Logger } from '@airline/observability';
import { readConfig as readPaymentConfig, startPayment } from '@airline/payment';
import { readConfig as readReservationConfig, startReservation } from '@airline/reservation';
import { readConfig as readRouterConfig, startRouter } from '@airline/router';
import type { Service } from '@airline/schema/events';
import {
  type Env,
  openTransport,
  type RunningServer,
  type RunningService,
  type Runtime,
  system,
} from '@airline/service';

/** What takes the place of the real thing, in tests. */
export type Overrides = Partial<Omit<Runtime, 'logger' | 'transport'>>;

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
  const transport = openTransport(reservation, createLogger({ service: 'transport', level: logLevel }));
  const runtimeOf = (service: Service): Runtime => ({
    ...system,
    ...overrides,
    transport,
    logger: createLogger({ service, level: logLevel }),
  });

  const services = await startTogether([
    startReservation(reservation, runtimeOf('reservation')),
    startFlight(flight, runtimeOf('flight')),
    startPayment(payment, runtimeOf('payment')),
    startDashboard(dashboard, runtimeOf('dashboard')),
  ]);
  const closeServices = async () => {
    await Promise.all(services.map((service) => service.close()));
  };
  const subgraphUrls = Object.fromEntries(services.map(({ service, url }) => [service, url]));
  const logger: Logger = createLogger({ service: 'router', level: routerConfig.logLevel });
  const router = await startRouter({ ...routerConfig, subgraphUrls }, logger).catch(
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
