import { defineSubgraph, runAlone } from '@airline/service';
import type { Context } from './context.ts';
import type { DashboardState } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { resolvers } from './resolvers/index.ts';
import { createDashboardRepository } from './store/repository.ts';
import { tables } from './store/tables.ts';
import { topicsOf } from './store/topics.ts';
import { startCatchUp } from './workers/catch-up.ts';

/** The read model trails its events by so much, and takes a quarter of the commits for it. */
const COMMIT_DELAY_MS = 5;

/** Counts each customer's reservations and keeps each reservation's history, all of it read from events. */
export const subgraph = defineSubgraph<DashboardState, Context>({
  name: 'dashboard',
  folder: import.meta.dirname,
  tables,
  policies,
  resolvers,
  commitDelayMs: COMMIT_DELAY_MS,
  start: (starting) => {
    const feed = starting.feed(topicsOf);
    return {
      context: ({ read, caller }) => ({ dashboard: createDashboardRepository(read, caller), feed }),
      startWorkers: () => ({ running: [startCatchUp(starting)] }),
    };
  },
});

if (import.meta.main) await runAlone(subgraph);
