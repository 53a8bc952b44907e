import { rowsThroughGraph } from '@airline/e2e/graph-rows';
import { type Rows, violationsAtRest } from '@airline/e2e/invariants';
import { request } from '@airline/testing';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import { availability, type Booked, inWords, type Met, type Traffic } from './traffic.ts';

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
 * @throws Error with what stays wrong
 */
export async function settledWell(url: string, met: Partial<Met> = {}): Promise<Rows> {
  return await eventually('every saga has settled and all invariants hold', async () => {
    const rows = await rowsThroughGraph((query, variables) => request(url, query, variables));
    const wrong = [
      ...violationsAtRest(rows),
      ...[met.closed, met.kept].flatMap((booked) => (booked ? broken(rows, booked) : [])),
    ];
    if (wrong.length > 0)
      throw new Error(`${wrong.length} things are wrong: ${wrong.slice(0, 20).join('; ')}`);
    return rows;
  });
}

/** Waits until each subscriber has heard of each change of each customer that the dashboard returns; returns what went wrong. */
export async function heardAll(heard: Traffic['heard'], { infos }: Rows): Promise<string[]> {
  const events = new Map(
    infos.map(({ customerId, flightCount, canceledCount }) => [customerId, flightCount + canceledCount]),
  );
  const all = await eventually('every subscriber has heard of everything', async () => {
    const now = await heard();
    const customers = new Set(now.flatMap(({ counts }) => Object.keys(counts)));
    const missing = now.map(
      ({ counts }) => [...customers].filter((customer) => counts[customer] !== events.get(customer)).length,
    );
    if (missing.some((number) => number > 0))
      throw new Error(`of ${missing.join(', ')} customers they have not`);
    return now;
  });
  return all.flatMap(({ faults }, index) => faults.map((fault) => `subscriber ${index}: ${fault}`));
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
