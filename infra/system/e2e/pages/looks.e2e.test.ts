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
  let flightId: string;

  beforeAll(async () => {
    await using starting = new AsyncDisposableStack();
    site = starting.use(await startSite());
    const booking = bookingAt(site.system.url);
    flightId = await booking.registerFlight(40);
    for (const customerId of NAMES)
      last = (await booking.place({ customerId, flightId, seatQty: 1, reserveDate })).id;
    const running = starting.move();
    return () => running.disposeAsync();
  });

  const objectionsOn = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
  };

  const wear = (page: Page, colors: string) =>
    page.emulateMedia({
      colorScheme: colors === 'dark' ? 'dark' : 'light',
      forcedColors: colors === 'forced' ? 'active' : 'none',
      reducedMotion: 'reduce',
    });

  const isNoWider = async (page: Page, width: number, where: string) => {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth'), where).toBe(width);
  };

  async function open(path: string, options: object = {}, text = LONG) {
    const { page, recording } = await site.browser.newPage({ ...DESKTOP, ...options });
    await page.goto(site.origin + path);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    await page.getByText(text).first().waitFor();
    return { ...dashboard, recording };
  }

  test.each(['light', 'dark', 'forced'])(
    'is whole in %s colors at any width, with the strangest names',
    async (colors) => {
      const { page, region, form, recording } = await open(`/bookings/${last}`);
      await region('Booking history').getByText('Reservation succeeded').waitFor();
      await form.getByRole('button', { name: 'Book', exact: true }).click();
      await form.getByText('Enter a customer').waitFor();
      await wear(page, colors);
      for (const width of [320, 768, 1920]) {
        await isNoWider(page, width, `${width} px`);
        expect(await objectionsOn(page), `${width} px`).toEqual([]);
      }
      expect(recording.errors).toEqual([]);
    },
  );

  test.each([
    ['/flights', () => '/flights?seats=1', 'ACE890'],
    ['/flights/… while it is edited', () => `/flights/${flightId}`, LONG],
    ['/bookings', () => '/bookings?status=SUCCEED', LONG],
    ['/customers', () => '/customers', LONG],
    ['/customers/…', () => `/customers/${encodeURIComponent(LONG)}`, LONG],
  ])('is whole at %s in all colors and at any width', async (_, path, text) => {
    const { page, button, recording } = await open(path(), {}, text);
    if (path().startsWith('/flights/')) {
      await button('Edit').click();
      await page.getByRole('dialog').getByLabel('Price per seat').fill('250000');
    }
    for (const colors of ['light', 'dark', 'forced']) {
      await wear(page, colors);
      for (const width of [320, 375, 768, 1024, 1440, 1920]) {
        const where = `${colors}, ${width} px`;
        await isNoWider(page, width, where);
        if (width === 320 || width === 1920) expect(await objectionsOn(page), where).toEqual([]);
      }
    }
    expect(recording.errors).toEqual([]);
  });

  test('begins with the bookings on a phone, whose targets are large enough for a finger', async () => {
    const { page, region, button, form } = await open('/', {
      viewport: { width: 375, height: 812 },
      hasTouch: true,
      isMobile: true,
    });
    const top = async (name: string) => (await region(name).boundingBox())?.y ?? 0;
    expect(await top('Bookings')).toBeLessThan(await top('Flights'));
    expect(await top('Bookings')).toBeLessThan(await top('Charts'));
    await button('Register flight').waitFor();
    // By Tab, too.
    const first = await page.locator('main').locator('input, button, a').first().elementHandle();
    expect(await form.getByLabel('Customer').evaluate((field, other) => field === other, first)).toBe(true);
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
