import type { Graph } from '#desk/data/graph.ts';
import { operationsOf, routerOperation } from './operations.ts';
import { createPoll, type Poll } from './poll.ts';
import type { RouterReport, Service } from './rows.ts';

export const EVERY_MS = 3_000;

/** Polls of the router, and of each service that is asked for: each by itself, so that one that is away holds up no other. */
export function startPolls(graph: Graph, later: (run: () => void, ms: number) => void) {
  const services = new Map<string, Poll<Service>>();
  const timing = {
    everyMs: EVERY_MS,
    now: Date.now,
    later,
    isVisible: () => document.visibilityState === 'visible',
  };
  const router = createPoll<RouterReport>({
    ...timing,
    ask: async () => {
      const result = await graph.query(routerOperation, {}, { router: true });
      if (result.problem) return result;
      // The router's own extension, which operators get.
      return { data: result.extensions?.router as RouterReport };
    },
  });

  function serviceOf(name: string): Poll<Service> {
    const known =
      services.get(name) ??
      createPoll<Service>({
        ...timing,
        ask: async () => {
          const result = await graph.query(operationsOf(name).status, {});
          return result.problem ? result : { data: result.data.service };
        },
      });
    services.set(name, known);
    return known;
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    for (const poll of [router, ...services.values()]) poll.again();
  });
  return { router, serviceOf };
}
