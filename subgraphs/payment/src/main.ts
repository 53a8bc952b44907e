import { defineSubgraph, runAlone } from '@airline/service';
import { createProvider } from './adapters/index.ts';
import { variables } from './config.ts';
import type { Context } from './context.ts';
import type { PaymentState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { createPaymentRepository } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { startCollector } from './workers/collector.ts';

/** Charges for held seats and refunds canceled reservations. */
export const subgraph = defineSubgraph<PaymentState, Context, typeof variables>({
  name: 'payment',
  folder: import.meta.dirname,
  variables,
  tables,
  policies,
  resolvers,
  start: ({ store, config, ...starting }) => {
    const provider = createProvider(config, starting.random);
    // A name of a variable that is not even alike is ignored, and then no money moves.
    starting.logger.info({ provider: config.PAYMENT_PROVIDER }, 'payment provider');
    return {
      context: ({ read, caller }) => ({ payments: createPaymentRepository(read, caller) }),
      startWorkers: () => {
        const collector = startCollector({ ...starting, store, provider });
        return {
          running: [collector],
          handled: ({ type, data }) => {
            if ('reservationId' in data)
              collector.settle(data.reservationId, type === 'RemainingSeatsDecreased');
          },
        };
      },
    };
  },
});

if (import.meta.main) await runAlone(subgraph);
