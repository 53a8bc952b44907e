import { fileURLToPath } from 'node:url';
import { startMessaging } from '@airline/messaging';
import {
  databaseLabel,
  openStore,
  type RunningService,
  type Runtime,
  runAlone,
  serveSubgraph,
} from '@airline/service';
import type { PaymentProvider } from './adapters/provider.ts';
import { createSimulatedProvider } from './adapters/simulated-provider.ts';
import { type PaymentConfig, readConfig } from './config.ts';
import type { Context } from './context.ts';
import type { PaymentState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { createPaymentRepository } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { startCollector } from './workers/collector.ts';

export const migrations = fileURLToPath(new URL('./store/migrations', import.meta.url));

export { readConfig } from './config.ts';

/** Charges for held seats and gives the money of canceled reservations back. */
export async function startPayment(
  config: PaymentConfig,
  runtime: Runtime,
  provider: PaymentProvider = createSimulatedProvider({ ...config.provider, random: runtime.random }),
): Promise<RunningService> {
  const { databaseUrl, databasePoolSize: poolSize } = config;
  const store = await openStore<PaymentState>(
    'payment',
    databaseUrl,
    { tables, migrations, poolSize },
    runtime,
  );
  const server = await serveSubgraph<PaymentState, Context>({
    service: 'payment',
    config,
    runtime,
    store,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    context: (request) => ({ ...request, store, payments: createPaymentRepository(store.read) }),
  });
  const collector = startCollector({ ...runtime, store, provider });
  const messaging = startMessaging<PaymentState>({
    ...runtime,
    service: 'payment',
    store,
    policies: policies(runtime.newId),
    handled: ({ data }) => {
      if ('reservationId' in data) collector.settle(data.reservationId);
    },
  });

  return {
    service: 'payment',
    url: server.url,
    databaseUrl: databaseLabel(databaseUrl),
    close: async () => {
      await server.close();
      await collector.close();
      await messaging.close();
      await store.close();
    },
  };
}

if (import.meta.main) await runAlone('payment', readConfig, startPayment);
