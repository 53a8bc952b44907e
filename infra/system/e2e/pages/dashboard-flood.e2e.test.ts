import { launchBrowser, requires } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { buildOwnPages } from '../system.ts';
import { startFlood } from './dashboard-flood.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { recordTasks, totalBlockingTime } from './dashboard-tasks.ts';

const UPDATES_A_SECOND = 500;
const BOOKINGS = 500;
const LONGEST_TASK_MS = 200;
/** Of about 4 s in all. */
const BLOCKED_MS = 400;
const SOON = { timeout: 20_000 };

describe('the dashboard', requires('chromium').options, () => {
  test('responds to clicks while 500 updates a second arrive, and has every one of them', async () => {
    await buildOwnPages();
    await using flood = await startFlood();
    await using browser = await launchBrowser();
    const { page, recording } = await browser.newPage(DESKTOP);
    await page.goto(flood.origin);
    const { isConnection, region, flights, bookings, customers } = dashboardOn(page);
    await isConnection('connected');
    await region('Flights').getByText('F19', { exact: true }).waitFor();
    const table = region('Customers');
    const tasks = await recordTasks(page);
    let hasResponded = true;
    const running = flood.run(UPDATES_A_SECOND, () => flood.booked() >= BOOKINGS && hasResponded);
    let clicks = 0;
    for (; flood.booked() < BOOKINGS; clicks += 1) {
      const column = table.getByRole('columnheader', { name: clicks % 2 === 0 ? 'Customer' : 'Updated' });
      hasResponded = false;
      await column.getByRole('button').click();
      await column.and(page.locator(':not([aria-sort=none])')).waitFor();
      hasResponded = true;
    }
    await running;
    const durations = await tasks.end();
    expect(clicks).toBeGreaterThan(0);
    expect(Math.max(...durations)).toBeLessThan(LONGEST_TASK_MS);
    expect(totalBlockingTime(durations)).toBeLessThan(BLOCKED_MS);
    await table.getByRole('button', { name: 'Customer' }).click();
    await table.getByRole('button', { name: 'Updated' }).click();
    const seats = flood.seats().slice(0, 6);
    await expect
      .poll(async () => (await flights()).slice(0, seats.length), SOON)
      .toEqual(seats.map(({ code, left, capacity }) => `${code} · ${left} of ${capacity} seats left`));
    const newest = flood.customers();
    await expect
      .poll(async () => (await customers()).slice(0, 12), SOON)
      .toEqual(
        newest.slice(0, 12).map((name) => `${name} · ${flood.reservationsOf(name)} · Nov 21, 2024 · 0`),
      );
    await expect
      .poll(async () => (await bookings()).slice(0, 10), SOON)
      .toEqual(newest.slice(0, 10).map((name) => `${name} · 1 · Nov 21, 2024 · Succeeded`));
    await region('Charts')
      .getByText(`${flood.booked().toLocaleString('en')} (100%)`)
      .waitFor();
    expect(recording.errors).toEqual([]);
  });
});
