import { request, until } from '@airline/testing';
import { bookingAt } from './booking.ts';
import { rowsInDatabases, type Select } from './database-rows.ts';
import { rowsThroughGraph } from './graph-rows.ts';
import { violationsAtRest } from './invariants.ts';
import type { Acknowledged } from './load.ts';

/** A system that can be looked into. */
export interface Observed {
  readonly url: string;
  readonly select: Select;
}

/** What is wrong with a system that should be at rest: its databases, its graph, and what it has promised. */
async function violations(system: Observed, { placed, canceled }: Acknowledged): Promise<string[]> {
  const inDatabases = violationsAtRest(await rowsInDatabases(system.select));
  if (inDatabases.length > 0) return inDatabases;
  const inGraph = await rowsThroughGraph((query, variables) => request(system.url, query, variables));
  const statusOf = new Map(inGraph.reservations.map(({ id, status }) => [id, status]));
  return [
    ...violationsAtRest(inGraph),
    ...(inGraph.reservations.length === placed.size
      ? []
      : [`${placed.size} reservations were placed, but there are ${inGraph.reservations.length}`]),
    ...[...placed]
      .filter(([, ids]) => ids.size > 1)
      .map(([key, ids]) => `the key ${key} placed ${ids.size} reservations: ${[...ids].join(', ')}`),
    ...[...placed.values()]
      .flatMap((ids) => [...ids].filter((id) => !statusOf.has(id)))
      .map((id) => `reservation ${id} is lost`),
    ...[...canceled]
      .filter((id) => statusOf.get(id) !== 'CANCELED')
      .map((id) => `the cancellation of ${id} is lost`),
  ];
}

/** Waits until every saga has settled and nothing is wrong; throws with what is still wrong then. */
export async function settleWell(
  system: Observed,
  acknowledged: Acknowledged,
  withinMs = 60_000,
): Promise<void> {
  let last: string[] = [];
  await until(
    'every saga has settled and all invariants hold',
    async () => {
      last = await violations(system, acknowledged);
      return last.length === 0;
    },
    withinMs,
  ).catch((error: Error) => {
    const wrong = last.length > 0 ? last.slice(0, 20).join('\n') : String(error.cause);
    throw new Error(`At rest ${last.length} things are wrong:\n${wrong}`, { cause: error });
  });
}

/** Looks at a flight's free seats again and again; returns how to stop, which returns the fewest and the most seen. */
export function watchSeats(url: string, flightId: string) {
  const booking = bookingAt(url);
  const seen = { fewest: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      // A system under attack need not respond; when it does, the response must be right.
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
