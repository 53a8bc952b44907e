import { seeded, until } from '@airline/testing';
import { expect } from 'vitest';
import { bookingAt } from '../booking.ts';
import { rowsInDatabases } from '../database-rows.ts';
import { bookConcurrently } from '../load.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { startSite } from './page.ts';

const CUSTOMERS = 8;
const SOON = { timeout: 120_000, interval: 500 };

/** Two pages are open while bookings are made and canceled, one of them offline in between: at rest both have the databases' counts. */
export async function countsAtRest(bookings: number): Promise<void> {
  await using site = await startSite({ PAYMENT_DECLINE_ABOVE: '300000' });
  const { system, browser, origin } = site;
  const booking = bookingAt(system.url);
  const flightIds = await Promise.all(
    [100_000, 200_000, 400_000].map((cost) => booking.registerFlight(5 * bookings, cost)),
  );
  const open = async () => {
    const { page } = await browser.newPage(DESKTOP);
    await page.goto(origin);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    return dashboard;
  };
  const pages = await Promise.all([open(), open()]);
  const offline = pages[1].page.context();
  let responses = 0;
  const made = bookConcurrently({
    booking,
    flightIds,
    customers: CUSTOMERS,
    bookingsEach: Math.ceil(bookings / CUSTOMERS),
    random: seeded(7),
    onResponse: () => {
      responses += 1;
    },
  });
  await until('some are booked', () => responses > bookings / 4, 600_000);
  await offline.setOffline(true);
  await pages[1].isConnection('offline');
  await until('more are booked', () => responses > bookings / 2, 600_000);
  await offline.setOffline(false);
  await made;

  const expected = async () => {
    const { reservations, infos, flights } = await rowsInDatabases(system.select);
    const of = (status: string) => reservations.filter((row) => row.status === status).length;
    return {
      totals: [reservations.length, of('PENDING'), of('SUCCEED'), of('CANCELED'), infos.length],
      notes: [flights.length, reservations.length, infos.length],
    };
  };
  await until('all sagas have settled', async () => (await expected()).totals[1] === 0, 120_000);
  for (const { page, region } of pages) {
    const shown = async () => {
      const totals = await region('Charts').locator('> dl dd').allInnerTexts();
      const notes = await Promise.all(
        ['Flights', 'Bookings', 'Customers'].map((name) =>
          region(name).locator('header').first().textContent(),
        ),
      );
      const number = (text: string) => Number(/([\d,]+) \w+/.exec(text)?.[1]?.replaceAll(',', ''));
      return {
        totals: totals.map((text) => Number(text.replaceAll(',', ''))),
        notes: notes.map((note) => number(note ?? '')),
      };
    };
    await expect.poll(shown, SOON).toEqual(await expected());
    await page.locator('[role=status][data-state=connected]').waitFor();
  }
}
