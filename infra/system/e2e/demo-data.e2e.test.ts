import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request, startChild, until } from '@airline/testing';
import { authorizationOf, identityEnv, tokenFor } from '@airline/testing/identity';
import { expect, test } from 'vitest';
import { startEmbedded } from './system.ts';

const run = promisify(execFile);
const file = join(import.meta.dirname, '../operator/demo-data.ts');
const OPTIONS = ['--flights', '25', '--bookings', '400', '--customers', '30', '--date', '2030-01-31'];

const STATISTICS = `{
  statistics(minutes: 60) {
    placed pending succeeded canceled customers outcomes { status cancelReason count } minutes { placed succeeded canceled }
  }
  flights { totalCount }
}`;

interface Figures {
  readonly statistics: {
    readonly [name in 'placed' | 'pending' | 'succeeded' | 'canceled' | 'customers']: number;
  } & {
    readonly outcomes: readonly { readonly cancelReason: string | null; readonly count: number }[];
    readonly minutes: readonly { readonly [name in 'placed' | 'succeeded' | 'canceled']: number }[];
  };
  readonly flights: { readonly totalCount: number };
}

test('demo data are loaded by a clerk, go on after an interruption, and are counted as the databases have them', async () => {
  await using system = await startEmbedded(identityEnv);
  const ACCESS_TOKEN = await tokenFor({ subject: 'clerk', roles: ['staff'] });
  const env = { PATH: process.env.PATH, ROUTER_URL: system.url, ACCESS_TOKEN };
  const clerk = await authorizationOf({ subject: 'clerk', roles: ['staff'] });
  const figures = () => request<Figures>(system.url, STATISTICS, {}, clerk);

  await using interrupted = startChild(process.execPath, [file, ...OPTIONS], { env });
  await until('some bookings are placed', async () => (await figures()).statistics.placed > 0);
  interrupted.signal('SIGINT');
  const { exit, stdout: printed } = await interrupted.ended;
  // It may have ended before.
  if (exit !== 0) {
    expect(exit).toBe(130);
    expect(printed).toContain(
      `Interrupted. The same command goes on: npm run demo-data -- ${OPTIONS.slice(0, 6).join(' ')}`,
    );
  }

  const { stdout } = await run(process.execPath, [file, ...OPTIONS], { env });
  expect(stdout).toMatch(/^bookings: 400 of 400, [\d,]+\/s, in \d+ s$/m);
  expect(stdout).toMatch(/^The system has 400 reservations: .* 0 pending; /m);
  const again = await run(process.execPath, [file, ...OPTIONS], { env });
  expect(again.stdout).not.toContain('flights:');

  const count = async (where: string, what = '*') =>
    (
      await system.select<{ total: number }>(
        'reservation',
        `select count(${what}) as total from reservation ${where}`,
      )
    )[0]?.total;
  const stored = {
    placed: 400,
    pending: 0,
    succeeded: await count("where status = 'SUCCEED'"),
    canceled: await count("where status = 'CANCELED'"),
    customers: await count('', 'distinct customer_id'),
  };
  await until(
    'the last cancellations are counted',
    async () => (await figures()).statistics.canceled === stored.canceled,
  );
  const { statistics, flights } = await figures();
  expect(flights.totalCount).toBe(25);
  expect(statistics).toMatchObject(stored);
  const sum = (of: 'placed' | 'succeeded' | 'canceled') =>
    statistics.minutes.reduce((total, minute) => total + minute[of], 0);
  expect([sum('placed'), sum('canceled')]).toEqual([400, statistics.canceled]);
  for (const reason of ['SEATS_SOLD_OUT', 'CUSTOMER', 'FLIGHT_DEPARTED']) {
    const reported = statistics.outcomes.find(({ cancelReason }) => cancelReason === reason)?.count;
    expect(reported, reason).toBe(await count(`where cancel_reason = '${reason}'`));
    expect(reported, reason).toBeGreaterThan(0);
  }
});

test.each([
  [['--bookings', 'many'], /--bookings must be a whole number from 0 to 1000000/],
  [['--flights', '0'], /--flights must be a whole number from 1/],
  [['--date', '2030-13-01'], /--date must be a day/],
  [['--url', 'here'], /URL of the graph is not one/],
  [['--fligths', '5'], /Unknown option '--fligths'[\s\S]*Usage: npm run demo-data/],
])('%j is refused', async (options, message) => {
  await expect(run(process.execPath, [file, ...options])).rejects.toThrow(message);
});

test('--help says what it does', async () => {
  expect((await run(process.execPath, [file, '--help'])).stdout).toMatch(/^Usage: npm run demo-data/);
});
