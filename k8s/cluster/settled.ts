import { rowsThroughGraph } from '@airline/e2e/graph-rows';
import { type Rows, violationsAtRest } from '@airline/e2e/invariants';
import { request, until } from '@airline/testing';
import { expect } from 'vitest';
import { availability, type Booked, type Heard, inWords, type Met, type Traffic } from './traffic.ts';

/** What customers of a system that rests were promised, and is not so. */
function broken(rows: Rows, { placed, canceled }: Booked): string[] {
  const statusOf = new Map(rows.reservations.map(({ id, status }) => [id, status]));
  return [
    ...placed.filter((id) => !statusOf.has(id)).map((id) => `reservation ${id} is lost`),
    ...canceled
      .filter((id) => statusOf.get(id) !== 'CANCELED')
      .map((id) => `the cancellation of ${id} is lost`),
  ];
}

/**
 * Waits until every saga has settled, all invariants hold over all that the graph returns, and what was acknowledged exists.
 *
 * @throws Error with what is still wrong after three minutes
 */
export async function settledWell(url: string, met: Partial<Met> = {}): Promise<Rows> {
  let wrong: string[] = [];
  return await until(
    'every saga has settled and all invariants hold',
    async () => {
      const rows = await rowsThroughGraph((query, variables) => request(url, query, variables));
      wrong = [
        ...violationsAtRest(rows),
        ...[met.closed, met.kept].flatMap((booked) => (booked ? broken(rows, booked) : [])),
      ];
      return wrong.length === 0 && rows;
    },
    180_000,
  ).catch((error: Error) => {
    throw new Error(`At rest ${wrong.length} things are wrong:\n${wrong.slice(0, 20).join('\n')}`, {
      cause: error,
    });
  });
}

/** Waits until each subscriber has heard of each change of each customer that the dashboard returns; returns what went wrong. */
export async function heardAll(heard: () => readonly Heard[], { infos }: Rows): Promise<string[]> {
  const events = new Map(
    infos.map(({ customerId, flightCount, canceledCount }) => [customerId, flightCount + canceledCount]),
  );
  const customers = new Set(heard().flatMap(({ counts }) => Object.keys(counts)));
  await until('every subscriber has heard of everything', () =>
    heard().every(({ counts }) =>
      [...customers].every((customer) => counts[customer] === events.get(customer)),
    ),
  );
  return heard().flatMap(({ faults }, index) => faults.map((fault) => `subscriber ${index}: ${fault}`));
}

/** Ends the traffic, and expects that all has settled, that each subscriber has heard of it, and that no request failed. */
export async function expectNothingDropped(url: string, traffic: Traffic, tell: (what: string) => void) {
  const met = await traffic.stopBooking();
  tell(inWords(met));
  const rows = await settledWell(url, met);
  expect(await heardAll(traffic.heard, rows)).toEqual([]);
  const heard = await traffic.stopListening();
  expect([met.closed.failures, met.kept.failures]).toEqual([{}, {}]);
  expect([met.closed, met.kept].map(availability)).toEqual(['100.00', '100.00']);
  return { met, heard };
}
