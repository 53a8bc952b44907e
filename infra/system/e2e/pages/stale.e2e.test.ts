import { launchBrowser, requires, type TestBrowser, until } from '@airline/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { buildOwnPages, type SystemOnRedis, startOnRedis } from '../system.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { objectionsOn } from './objections.ts';
import { SOON } from './page.ts';

/** Longer than a booking is pending as usual. */
const UNUSUAL_MS = 15_000;
/** How often a page in use asks whether events are held up. */
const ASK_MS = 10_000;

describe('what is out of date, and why', requires('chromium', 'redis-server').options, () => {
  let system: SystemOnRedis;
  let browser: TestBrowser;
  let flightId: string;

  beforeAll(async () => {
    await buildOwnPages();
    await using starting = new AsyncDisposableStack();
    system = starting.use(await startOnRedis({ SUBGRAPH_TIMEOUT_MS: '2000' }));
    browser = starting.use(await launchBrowser());
    flightId = await bookingAt(system.url).registerFlight(100);
    const running = starting.move();
    return () => running.disposeAsync();
  });
  afterEach(() => browser.closePages());

  async function open(shown = '[data-state=connected]') {
    const { page } = await browser.newPage(DESKTOP);
    await page.clock.install();
    await page.goto(new URL(system.url).origin);
    const dashboard = dashboardOn(page);
    await page.locator(`[role=status]${shown}`).waitFor();
    const becomes = (state: string) => page.locator(`[role=status][data-state=${state}]`).waitFor(SOON);
    return { ...dashboard, becomes };
  }

  test('events that are held up are told by the booking that waits for them', async () => {
    const { page, book, bookings, becomes } = await open();
    await system.redis.kill();
    await book({ customer: 'waits for Redis', seats: 1, date: '2024-11-21' });
    await expect.poll(async () => (await bookings())[0], SOON).toMatch(/ · Pending$/);
    await page.clock.fastForward(UNUSUAL_MS);
    await becomes('partial');
    await page.getByText('Bookings wait for longer than usual').waitFor();
    expect(await objectionsOn(page)).toEqual([]);
    // One that comes later knows it, too, maybe at once.
    const later = await open(':is([data-state=connected], [data-state=partial])');
    await later.page.clock.fastForward(UNUSUAL_MS);
    await later.becomes('partial');

    await system.redis.start();
    for (const each of [{ becomes }, later]) await each.becomes('connected');
    await expect.poll(async () => (await bookings())[0], SOON).toMatch(/ · Succeeded$/);
    await page.getByText('Bookings wait for longer than usual').waitFor({ state: 'hidden' });
  });

  test('events that are held up are told where nothing is booked, too', async () => {
    const { page, becomes } = await open();
    const told = page.getByText('Events between the services are held up');
    const asked = (isTold: boolean) =>
      until(`the service ${isTold ? 'says so' : 'publishes again'}`, async () => {
        await page.clock.fastForward(ASK_MS);
        // Until it is told, only someone at the page has it ask.
        if (isTold) await page.keyboard.press('Shift');
        return (await told.isVisible()) === isTold;
      });
    await system.redis.kill();
    await asked(true);
    await becomes('partial');
    await system.redis.start();
    await asked(false);
    await becomes('connected');
  });

  test('a service that does not respond is named with what it owns, until it is back', async () => {
    const { page, book, form, becomes, region } = await open();
    await system.processes.dashboard?.kill();
    await region('Bookings')
      .getByRole('link', { name: /show history/ })
      .first()
      .click();
    await page.getByText('The dashboard service does not respond: customers').waitFor();
    await becomes('partial');
    await system.restart('dashboard');
    await page.clock.fastForward(6_000);
    await becomes('connected');
    await region('Booking history').getByRole('button', { name: 'Close' }).click();

    await system.processes.reservation?.kill();
    await book({ customer: 'later', seats: 1, date: '2024-11-21' });
    await form.getByText('It is not known yet whether the booking was made.').waitFor();
    await page.getByText('can be neither made nor canceled').waitFor();
    await system.restart('reservation');
    await page.clock.fastForward(6_000);
    await becomes('connected');
    await page.getByText('can be neither made nor canceled').waitFor({ state: 'hidden' });
  });

  test('a page without a network says so, and catches up with one', async () => {
    const { page, becomes, bookings } = await open();
    await page.context().setOffline(true);
    await becomes('offline');
    await page.getByText('This device is offline.').waitFor();
    await bookingAt(system.url).place({
      customerId: 'meanwhile',
      flightId,
      seatQty: 1,
      reserveDate: '2024-11-21',
    });
    await page.context().setOffline(false);
    await page.clock.runFor(6_000);
    await becomes('connected');
    await expect.poll(async () => (await bookings())[0], SOON).toMatch(/^meanwhile · .* · Succeeded$/);
  });
});
