import { join } from 'node:path';
import { defineSubgraph, runAlone } from '@airline/service';
import { openPromotions } from './adapters/promotions.ts';
import { variables } from './config.ts';
import type { Context } from './context.ts';
import type { FlightState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { createFlightRepository, createLatestFlights } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { topicsOf } from './store/topics.ts';

/** Registers flights, holds seats for reservations and releases them. */
export const subgraph = defineSubgraph<FlightState, Context, typeof variables>({
  name: 'flight',
  folder: import.meta.dirname,
  variables,
  tables,
  policies,
  resolvers,
  start: async ({ store, config, ...starting }) => {
    const promotions = await openPromotions(config.PROMOTIONS_DIR ?? join(config.dataDir, 'promotions'));
    const feed = starting.feed(topicsOf);
    const latestFlights = createLatestFlights(store.read);
    return {
      context: ({ read }) => ({ flights: createFlightRepository(read), latestFlights, feed, promotions }),
    };
  },
});

if (import.meta.main) await runAlone(subgraph);
