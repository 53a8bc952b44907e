import { expect, test } from 'vitest';
import { BookingHistoryDocument, FlightDocument, RegisterFlightDocument } from '../generated/graphql.ts';
import type { Graph } from './graph.ts';
import type { Problem } from './problem.ts';
import { watchServices } from './services-away.ts';

function watched() {
  let problem: Problem | undefined;
  let changes = 0;
  const waits: (() => void)[] = [];
  const respond = async () => {
    // Nobody looks at the data.
    return problem ? { problem } : { data: {} as never };
  };
  const bare: Graph = {
    query: respond,
    mutate: () => {
      changes += 1;
      return respond();
    },
  };
  const { graph, away } = watchServices(bare, { now: () => 7, later: (run) => void waits.push(run) });
  return {
    graph,
    away: () => [...away.get()],
    respondsWith(path: readonly string[] | undefined, code = 'SUBGRAPH_UNAVAILABLE') {
      problem = path && { code, path, field: undefined, message: '' };
    },
    async retry() {
      waits.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    changes: () => changes,
    waits,
  };
}

test('a service is away from its first failure until what has failed gets a response', async () => {
  const { graph, away, respondsWith, retry, waits } = watched();
  respondsWith(['flight']);
  await graph.query(FlightDocument, { id: '1' });
  await graph.query(FlightDocument, { id: '2' });
  expect(away()).toEqual([['flight', 7]]);
  expect(waits).toHaveLength(1);
  await retry();
  expect(away()).toEqual([['flight', 7]]);
  respondsWith(undefined);
  await retry();
  expect(away()).toEqual([]);
  expect(waits).toEqual([]);
});

test('the deepest field of the path says which service it is', async () => {
  const { graph, away, respondsWith } = watched();
  respondsWith(['reservation', 'history']);
  await graph.query(BookingHistoryDocument, { id: '1' });
  respondsWith(['reservation', 'payment']);
  await graph.query(BookingHistoryDocument, { id: '1' });
  expect(away()).toEqual([
    ['dashboard', 7],
    ['payment', 7],
  ]);
});

test('a change is never sent again, and other faults say nothing of services', async () => {
  const { graph, away, respondsWith, retry, changes } = watched();
  const input = { flightCode: 'a', takeoffDate: '2026-01-01', cost: 1, remainingSeatsCount: 1 };
  respondsWith(['registerFlight'], 'RATE_LIMITED');
  await graph.mutate(RegisterFlightDocument, { input });
  expect(away()).toEqual([]);
  respondsWith(['registerFlight']);
  await graph.mutate(RegisterFlightDocument, { input });
  expect(away()).toEqual([['flight', 7]]);
  respondsWith(undefined);
  await retry();
  expect(away()).toEqual([]);
  expect(changes()).toBe(2);
});
