import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request, seeded } from '@airline/testing';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { settleWell } from './at-rest.ts';
import { bookingAt } from './booking.ts';
import { type Acknowledged, bookConcurrently } from './load.ts';
import type { System } from './system.ts';

// The dashboard is rebuilt while customers book, after its rows were spoiled.

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** Runs one statement in the dashboard's database. */
type Spoil = (statement: string) => Promise<unknown>;

export const inFile =
  ({ folder }: System): Spoil =>
  async (statement) => {
    const database = new Database(join(folder, 'dashboard.sqlite'), { timeout: 5000 });
    database.prepare(statement).run();
    database.close();
  };

const WRONG = `update customer_info set flight_count = flight_count + 7, canceled_count = 0,
  recent_reserve_date = '2030-01-01' where customer_id in ('customer-1', 'customer-2', 'customer-3')`;
const LOST = `delete from customer_info where customer_id in ('customer-4', 'customer-5')`;
const PHANTOM = `insert into customer_info (customer_id, flight_count, recent_reserve_date, canceled_count, updated_at)
  values ('phantom', 3, '2024-11-21', 1, '2024-11-21T10:00:00.000Z')`;

/** @param token of the caller; not needed where the system is open */
export async function dashboardRebuild(url: string, token?: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    ROUTER_URL: url,
    ...(token !== undefined && { ACCESS_TOKEN: token }),
  };
  return (await run(process.execPath, [join(root, 'infra/system/operator/dashboard-rebuild.ts')], { env }))
    .stdout;
}

const customerInfo = async (url: string, customerId: string) =>
  (
    await request<{ customerInfo: object | null }>(
      url,
      'query ($id: ID!) { customerInfo(customerId: $id) { flightCount } }',
      { id: customerId },
    )
  ).customerInfo;

export async function load(system: System, seed: number, isOver?: () => boolean): Promise<Acknowledged> {
  const booking = bookingAt(system.url);
  const flightIds = await Promise.all([100, 40].map((seats) => booking.registerFlight(seats)));
  // Keys begin with the customer's name, so a second load has names of its own.
  return await bookConcurrently({
    booking: {
      ...booking,
      place: (input) => booking.place({ ...input, idempotencyKey: `${seed}/${input.idempotencyKey}` }),
    },
    flightIds,
    customers: 6,
    bookingsEach: isOver ? 400 : 5,
    random: seeded(seed),
    ...(isOver && { isOver }),
  });
}

const both = (one: Acknowledged, other: Acknowledged): Acknowledged => ({
  placed: new Map(
    [one, other].flatMap(({ placed }, load) =>
      [...placed].map(([key, ids]): [string, ReadonlySet<string>] => [`${load}/${key}`, ids]),
    ),
  ),
  canceled: new Set([...one.canceled, ...other.canceled]),
});

export async function rebuildWhileBooking(system: System, spoil: Spoil): Promise<void> {
  const first = await load(system, 1);
  await settleWell(system, first);

  let isOver = false;
  const second = load(system, 2, () => isOver);
  try {
    for (const statement of [WRONG, LOST, PHANTOM]) await spoil(statement);
    expect(await customerInfo(system.url, 'phantom')).toEqual({ flightCount: 3 });
    const output = await dashboardRebuild(system.url);
    expect(Number(/: (\d+) wrong infos corrected/.exec(output)?.[1])).toBeGreaterThanOrEqual(6);
    // Others that were spoiled once more, and two rebuilds at once.
    await spoil(WRONG);
    await Promise.all([dashboardRebuild(system.url), dashboardRebuild(system.url)]);
  } finally {
    isOver = true;
  }
  const acknowledged = both(first, await second);
  expect(await customerInfo(system.url, 'phantom')).toBeNull();
  await spoil(`delete from customer_info where customer_id = 'phantom' and flight_count = 0`);
  await settleWell(system, acknowledged);
  expect(await dashboardRebuild(system.url)).toContain(': 0 wrong infos corrected');
}
