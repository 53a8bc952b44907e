import { requires } from '@airline/testing';
import { expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { startSite } from './page.ts';

test(
  'where there are no bookings, "above" is said under a form alone',
  requires('chromium').options,
  async () => {
    await using site = await startSite();
    const flightId = await bookingAt(site.system.url).registerFlight(9);
    const { page } = await site.browser.newPage(DESKTOP);
    const { region } = dashboardOn(page);
    const hint = region('Bookings').getByText('Book seats above');
    await page.goto(`${site.origin}/bookings`);
    await hint.waitFor();
    for (const path of ['/customers/nobody', `/flights/${flightId}`]) {
      await page.goto(site.origin + path);
      await region('Bookings').getByText('No bookings yet').waitFor();
      expect(await hint.count()).toBe(0);
    }
  },
);
