import { requires } from '@airline/testing';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Site, startSite } from './page.ts';

const reserveDate = '2024-11-21';
const LONG = 'a-name-of-a-hundred-characters-'.repeat(4).slice(0, 100);
/** From right to left, outside the basic plane, without width, and without a place to break. */
const NAMES = ['مسافر طويل الاسم جدا', '👩‍✈️👨‍👩‍👧‍👦🛫', 'zero\u200bwidth\u200djoined', LONG];
const TARGET_PX = 44;

describe('the dashboard', requires('chromium').options, () => {
  let site: Site;
  let last: string;

  beforeAll(async () => {
    await using starting = new AsyncDisposableStack();
    site = starting.use(await startSite());
    const booking = bookingAt(site.system.url);
    const flightId = await booking.registerFlight(40);
    for (const customerId of NAMES)
      last = (await booking.place({ customerId, flightId, seatQty: 1, reserveDate })).id;
    const running = starting.move();
    return () => running.disposeAsync();
  });

  const objectionsOn = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
  };

  async function open(path: string, options: object = {}) {
    const { page, recording } = await site.browser.newPage({ ...DESKTOP, ...options });
    await page.goto(site.origin + path);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    await page.getByText(LONG).first().waitFor();
    return { ...dashboard, recording };
  }

  test.each(['light', 'dark', 'forced'])(
    'is whole in %s colors at any width, with the strangest names',
    async (colors) => {
      const { page, region, form, recording } = await open(`/bookings/${last}`);
      await region('Booking history').getByText('Reservation succeeded').waitFor();
      await form.getByRole('button', { name: 'Book', exact: true }).click();
      await form.getByText('Enter a customer').waitFor();
      await page.emulateMedia({
        colorScheme: colors === 'dark' ? 'dark' : 'light',
        forcedColors: colors === 'forced' ? 'active' : 'none',
        reducedMotion: 'reduce',
      });
      for (const width of [320, 768, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${width} px`).toBe(width);
        expect(await objectionsOn(page), `${width} px`).toEqual([]);
      }
      expect(recording.errors).toEqual([]);
    },
  );

  test('begins with the bookings on a phone, whose targets are large enough for a finger', async () => {
    const { page, region, button } = await open('/', {
      viewport: { width: 375, height: 812 },
      hasTouch: true,
      isMobile: true,
    });
    const top = async (name: string) => (await region(name).boundingBox())?.y ?? 0;
    expect(await top('Bookings')).toBeLessThan(await top('Flights'));
    expect(await top('Bookings')).toBeLessThan(await top('Charts'));
    await button('Register flight').waitFor();
    const small = await page
      .locator('button:visible, input:visible, select:visible, summary:visible, nav a:visible')
      .evaluateAll(
        (
          all: { offsetHeight: number; offsetWidth: number; outerHTML: string; type: string }[],
          least: number,
        ) =>
          all
            .filter(({ type, offsetHeight }) => type !== 'radio' && offsetHeight < least)
            .map(({ outerHTML }) => outerHTML.slice(0, 120)),
        TARGET_PX,
      );
    expect(small).toEqual([]);
  });
});
