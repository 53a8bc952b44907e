import { requires } from '@airline/testing';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { OF_COLORS, objectionsOn } from './objections.ts';
import { type Colors, type Site, SOON, startSite, wear } from './page.ts';

const reserveDate = '2024-11-21';
const LONG = 'a-name-of-a-hundred-characters-'.repeat(4).slice(0, 100);
/** From right to left, outside the basic plane, without width, and without a place to break. */
const NAMES = ['1', 'مسافر طويل الاسم جدا', '👩‍✈️👨‍👩‍👧‍👦🛫', 'zero\u200bwidth\u200djoined', LONG];
/** WCAG 2.2, 2.5.8; and what a finger wants. */
const LEAST_PX = 24;
const MOST_OF_ONE_LINE_PX = 70;
const TARGET_PX = 44;

const ALL_COLORS = ['light', 'dark', 'forced'] as const;
/** Each width is looked at in light, too. */
const rulesIn = (colors: Colors) => (colors === 'light' ? undefined : OF_COLORS);

interface Target {
  readonly type: string;
  readonly outerHTML: string;
  getBoundingClientRect(): { readonly width: number; readonly height: number };
}

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
  afterEach(() => site.browser.closePages());

  const isNoWider = async (page: Page, width: number, where: string) => {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth'), { ...SOON, message: where })
      .toBe(width);
  };

  /** What is clicked and is smaller; a link within the page is out of sight until it has the focus. */
  const smallOn = (page: Page, width: number, height: number) =>
    page
      .locator('button:visible, input:visible, select:visible, summary:visible, a:visible:not([href^="#"])')
      .evaluateAll(
        (all: Target[], [width, height]: readonly [number, number]) =>
          all
            .filter((each) => {
              const box = each.getBoundingClientRect();
              // Sums of fractions of a pixel.
              const [across, down] = [Math.round(box.width), Math.round(box.height)];
              return each.type !== 'radio' && (across < width || down < height);
            })
            .map((each) => {
              const { width, height } = each.getBoundingClientRect();
              return `${width} × ${height}: ${each.outerHTML.slice(0, 120)}`;
            }),
        [width, height] as const,
      );

  async function open(path: string, options: object = {}, text = LONG) {
    const { page, recording } = await site.browser.newPage({ ...DESKTOP, ...options });
    await page.goto(site.origin + path);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    await page.getByText(text).first().waitFor();
    return { ...dashboard, recording };
  }

  test('is whole in all colors at any width, with the strangest names', async () => {
    const { page, region, form, recording } = await open(`/bookings/${last}`);
    await region('Booking history').getByText('Reservation succeeded').waitFor();
    await form.getByRole('button', { name: 'Book', exact: true }).click();
    await form.getByText('Enter a customer').waitFor();
    for (const colors of ALL_COLORS) {
      await wear(page, colors);
      for (const width of [320, 768, 1920]) {
        const where = `${colors}, ${width} px`;
        await isNoWider(page, width, where);
        expect(await objectionsOn(page, { rules: rulesIn(colors) }), where).toEqual([]);
      }
      await page.setViewportSize({ width: 1366, height: 768 });
      await expect
        .poll(async () => (await page.locator('header').first().boundingBox())?.height, {
          ...SOON,
          message: `${colors}, one line`,
        })
        .toBeLessThan(MOST_OF_ONE_LINE_PX);
    }
    expect(recording.errors).toEqual([]);
  });

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
    expect(await smallOn(page, LEAST_PX, LEAST_PX)).toEqual([]);
    for (const colors of ALL_COLORS) {
      await wear(page, colors);
      for (const width of [320, 375, 768, 1024, 1440, 1920]) {
        const where = `${colors}, ${width} px`;
        await isNoWider(page, width, where);
        if (width === 320 || width === 1920)
          expect(await objectionsOn(page, { rules: rulesIn(colors) }), where).toEqual([]);
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
    expect(await smallOn(page, LEAST_PX, TARGET_PX)).toEqual([]);
  });
});
