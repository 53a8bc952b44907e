import { fileURLToPath } from 'node:url';
import { startMessaging } from '@airline/messaging';
import {
  databaseLabel,
  openStore,
  type RunningService,
  type Runtime,
  runAlone,
  serveSubgraph,
  startFeed,
} from '@airline/service';
import { openPromotions } from './adapters/promotions.ts';
import { type FlightConfig, readConfig } from './config.ts';
import type { Context } from './context.ts';
import type { FlightState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { createFlightRepository, createLatestFlights } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { topicsOf } from './store/topics.ts';

export const migrations = fileURLToPath(new URL('./store/migrations', import.meta.url));

export { readConfig } from './config.ts';

/** Sells seats: registers flights, holds seats for reservations and gives them back. */
export async function startFlight(config: FlightConfig, runtime: Runtime): Promise<RunningService> {
  const { databaseUrl, databasePoolSize: poolSize, promotionsDir } = config;
  const { newId } = runtime;
  const promotions = await openPromotions(promotionsDir);
  const store = await openStore<FlightState>(
    'flight',
    databaseUrl,
    { tables, migrations, poolSize },
    runtime,
  );
  const feed = startFeed({ ...runtime, service: 'flight', log: store.log, topicsOf });
  const latestFlights = createLatestFlights(store.read);
  const server = await serveSubgraph<FlightState, Context>({
    service: 'flight',
    config,
    runtime,
    store,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    context: (request) => ({
      ...request,
      store,
      promotions,
      newId,
      feed,
      latestFlights,
      flights: createFlightRepository(store.read),
    }),
  });
  const messaging = startMessaging<FlightState>({ ...runtime, service: 'flight', store, policies });

  return {
    service: 'flight',
    url: server.url,
    databaseUrl: databaseLabel(databaseUrl),
    close: async () => {
      await server.close();
      await Promise.all([messaging.close(), feed.close()]);
      await store.close();
    },
  };
}

if (import.meta.main) await runAlone('flight', readConfig, startFlight);
