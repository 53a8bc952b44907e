import { until } from '@airline/testing';
import { bookingAt } from './booking.ts';
import { ask } from './client.ts';
import { rowsInDatabases } from './database-rows.ts';
import { rowsThroughGraph } from './graph-rows.ts';
import { violationsAtRest } from './invariants.ts';
import type { Acknowledged } from './load.ts';
import type { System } from './system.ts';

/** What is wrong with a system that should be at rest: its databases, its graph, and what it has promised. */
async function violations(system: System, { placed, canceled }: Acknowledged): Promise<string[]> {
  const inDatabases = violationsAtRest(rowsInDatabases(system.folder));
  if (inDatabases.length > 0) return inDatabases;
  const told = await rowsThroughGraph((query, variables) => ask(system.url, query, variables));
  const statusOf = new Map(told.reservations.map(({ id, status }) => [id, status]));
  return [
    ...violationsAtRest(told),
    ...(told.reservations.length === placed.size
      ? []
      : [`${placed.size} reservations were placed, but there are ${told.reservations.length}`]),
    ...[...placed.values()].filter((id) => !statusOf.has(id)).map((id) => `reservation ${id} is lost`),
    ...[...canceled]
      .filter((id) => statusOf.get(id) !== 'CANCELED')
      .map((id) => `the cancellation of ${id} is lost`),
  ];
}

/** Waits until every saga has settled and nothing is wrong; throws with what is still wrong then. */
export async function settleWell(system: System, acknowledged: Acknowledged): Promise<void> {
  let last: string[] = [];
  await until(
    'every saga has settled and all invariants hold',
    async () => {
      last = await violations(system, acknowledged);
      return last.length === 0;
    },
    60_000,
  ).catch((error: unknown) => {
    throw new Error(`At rest ${last.length} things are wrong:\n${last.slice(0, 20).join('\n')}`, {
      cause: error,
    });
  });
}

/** Looks at a flight's free seats again and again; answers how to stop, which tells the fewest and the most seen. */
export function watchSeats(url: string, flightId: string) {
  const booking = bookingAt(url);
  const seen = { fewest: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      // A system under attack need not answer; when it does, the answer must be right.
      const seats = await booking.remainingSeats(flightId).catch(() => undefined);
      if (seats === undefined) continue;
      seen.fewest = Math.min(seen.fewest, seats);
      seen.most = Math.max(seen.most, seats);
    }
  })();
  return async () => {
    isWatching = false;
    await watching;
    return seen;
  };
}
