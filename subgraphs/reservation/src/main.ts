import { fileURLToPath } from 'node:url';
import { startMessaging } from '@airline/messaging';
import { noTelemetry } from '@airline/observability';
import {
  databaseLabel,
  openStore,
  type RunningService,
  type Runtime,
  runAlone,
  serveSubgraph,
  startFeed,
} from '@airline/service';
import { type ReservationConfig, readConfig } from './config.ts';
import type { Context } from './context.ts';
import type { ReservationState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { sagaTelemetry } from './saga-telemetry.ts';
import { createLatestReservations, createReservationRepository } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { topicsOf } from './store/topics.ts';
import { startExpiry } from './workers/expiry.ts';
import { listenForOutcomes } from './workers/outcomes.ts';

export const migrations = fileURLToPath(new URL('./store/migrations', import.meta.url));

export { readConfig } from './config.ts';

/** Takes reservations and sees each of them to its end. */
export async function startReservation(config: ReservationConfig, runtime: Runtime): Promise<RunningService> {
  const { databaseUrl, databasePoolSize: poolSize, holdTimeMs } = config;
  const { now, newId, logger, telemetry = noTelemetry } = runtime;
  const store = await openStore<ReservationState>(
    'reservation',
    databaseUrl,
    { tables, migrations, poolSize, published: sagaTelemetry(telemetry.metrics, now) },
    runtime,
  );
  const feed = startFeed({ ...runtime, service: 'reservation', log: store.log, topicsOf });
  const outcomes = listenForOutcomes(feed);
  const latestReservations = createLatestReservations(store.read);
  const server = await serveSubgraph<ReservationState, Context>({
    service: 'reservation',
    config,
    runtime,
    store,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    context: (request) => {
      const reservations = createReservationRepository(store.read);
      return { ...request, store, feed, outcomes, now, newId, reservations, latestReservations };
    },
  });
  const messaging = startMessaging<ReservationState>({ ...runtime, service: 'reservation', store, policies });
  const expiry = startExpiry({ store, holdTimeMs, now, logger, tracing: telemetry.tracing });

  return {
    service: 'reservation',
    url: server.url,
    databaseUrl: databaseLabel(databaseUrl),
    close: async () => {
      await Promise.all([server.close(), expiry.close()]);
      await Promise.all([messaging.close(), outcomes.close(), feed.close()]);
      await store.close();
    },
  };
}

if (import.meta.main) await runAlone('reservation', readConfig, startReservation);
