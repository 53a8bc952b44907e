import { launchBrowser, requires } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { buildOwnPages } from '../system.ts';
import { startFlood } from './dashboard-flood.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { SOON } from './page.ts';

const UPDATES_A_SECOND = 500;
const BOOKINGS = 500;
/** However fast the machine is: lists are published every 250 ms at most. */
const DRAWN_A_SECOND = 4;
/** Counts how often rows come into the list of bookings, and since when by the page's clock. */
const COUNT_DRAWINGS = `
  globalThis.drawings = 0;
  globalThis.begun = performance.now();
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    if (added.some(({ nodeName }) => nodeName === 'TR')) drawings += 1;
  }).observe(document.getElementById('bookings'), { subtree: true, childList: true });
`;

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
    await page.evaluate(COUNT_DRAWINGS);
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
    const { drawings, seconds } = await page.evaluate<{ drawings: number; seconds: number }>(
      '({ drawings, seconds: (performance.now() - begun) / 1000 })',
    );
    expect(clicks).toBeGreaterThan(0);
    expect(drawings).toBeGreaterThan(0);
    expect(drawings).toBeLessThanOrEqual(DRAWN_A_SECOND * (seconds + 1));
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
