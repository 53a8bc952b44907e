import { fileURLToPath } from 'node:url';
import { startMessaging } from '@airline/messaging';
import {
  databaseLabel,
  openStore,
  type RunningService,
  type Runtime,
  runAlone,
  type ServiceConfig,
  serveSubgraph,
  startFeed,
} from '@airline/service';
import { readConfig } from './config.ts';
import type { Context } from './context.ts';
import type { DashboardState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { createDashboardRepository } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { topicsOf } from './store/topics.ts';
import { createRecounts } from './workers/recount/recounts.ts';

export const migrations = fileURLToPath(new URL('./store/migrations', import.meta.url));

/** The read model trails its events by so much, and takes a quarter of the commits for it. */
const COMMIT_DELAY_MS = 5;

export { readConfig } from './config.ts';

/** Counts each customer's reservations and keeps each reservation's history, all of it read from events. */
export async function startDashboard(config: ServiceConfig, runtime: Runtime): Promise<RunningService> {
  const { databaseUrl, databasePoolSize: poolSize } = config;
  const store = await openStore<DashboardState>(
    'dashboard',
    databaseUrl,
    { tables, migrations, poolSize, commitDelayMs: COMMIT_DELAY_MS },
    runtime,
  );
  const feed = startFeed({ ...runtime, service: 'dashboard', log: store.log, topicsOf });
  const recounts = createRecounts({ ...runtime, store });
  const server = await serveSubgraph<DashboardState, Context>({
    service: 'dashboard',
    config,
    runtime,
    store,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    context: (request) => ({
      ...request,
      store,
      feed,
      recounts,
      dashboard: createDashboardRepository(store.read),
    }),
  });
  const messaging = startMessaging<DashboardState>({ ...runtime, service: 'dashboard', store, policies });

  return {
    service: 'dashboard',
    url: server.url,
    databaseUrl: databaseLabel(databaseUrl),
    close: async () => {
      await server.close();
      await Promise.all([messaging.close(), feed.close(), recounts.close()]);
      await store.close();
    },
  };
}

if (import.meta.main) await runAlone('dashboard', readConfig, startDashboard);
