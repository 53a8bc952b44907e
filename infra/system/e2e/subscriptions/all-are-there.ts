import { until } from '@airline/testing';
import type { Crowd, Subscriber } from './crowd.ts';
import type { StubGraph } from './stub-graph.ts';

/**
 * Waits until all of the crowds are admitted, then pushes until those whom it concerns have got something: a member joins its group
 * a little later. The next event is pushed only when all who are there have the last: a backlog would grow faster than a slow
 * machine sends it.
 * @param push pushes an event and returns its count, another each time
 */
export async function allAreThere(
  graph: StubGraph,
  crowds: readonly Crowd[],
  push: () => number,
  concerned: readonly Subscriber[] = crowds.flatMap(({ subscribers }) => subscribers),
): Promise<void> {
  const size = crowds.reduce((sum, { subscribers }) => sum + subscribers.length, 0);
  await until('all are admitted', async () => (await graph.subscriptions()) === size, 120_000);
  await until('all have got something', async () => {
    const last = push();
    await until('those who are there have the last', () => {
      const there = concerned.filter(({ counts }) => counts.length > 0);
      return there.length > 0 && there.every(({ counts }) => counts.at(-1) === last);
    });
    return concerned.every(({ counts }) => counts.length > 0);
  });
}
