import { defineSubgraph, runAlone } from '@airline/service';
import { variables } from './config.ts';
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

/** Places reservations, and completes or cancels them. */
export const subgraph = defineSubgraph<ReservationState, Context, typeof variables>({
  name: 'reservation',
  folder: import.meta.dirname,
  variables,
  tables,
  policies,
  resolvers,
  committed: ({ metrics }, now) => sagaTelemetry(metrics, now),
  start: ({ store, config, now, logger, telemetry, transport, ...starting }) => {
    const feed = starting.feed(topicsOf);
    const outcomes = listenForOutcomes(feed);
    const latestReservations = createLatestReservations(store.read);
    const holdTimeMs = config.HOLD_TIME_MS;
    const isPublishing = () => transport.lastError() === undefined;
    const { tracing } = telemetry;
    return {
      context: ({ read, caller }) => ({
        reservations: createReservationRepository(read, caller),
        latestReservations,
        feed,
        outcomes,
        isPublishing,
      }),
      startWorkers: () => ({
        running: [startExpiry({ store, holdTimeMs, now, logger, isPublishing, tracing }), outcomes],
      }),
    };
  },
});

if (import.meta.main) await runAlone(subgraph);
