import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requires, until } from '@airline/testing';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { networkOf } from './dashboard-network.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { objectionsOn } from './objections.ts';
import { type Site, SOON, startSite, wear } from './page.ts';

/** A booking stays PENDING for so long that one sees it. */
const PAYMENT_DELAY_MS = '1500';
const ACE890 = { code: 'ACE890', departure: '2025-12-25', price: 200_000, seats: 5 };

/** Keeps each status that a page with one booking has shown. */
const RECORD_STATUSES = `
  globalThis.statuses = [];
  new MutationObserver(() => {
    const status = document.querySelector('tr [data-status]')?.dataset.status;
    if (status && status !== statuses.at(-1)) statuses.push(status);
  }).observe(document, { subtree: true, childList: true, attributes: true });
`;
/** What no page should do. */
const POLL = `void setInterval(async () => (await fetch('/graphql?query={__typename}')).text(), 30_000)`;

describe('the dashboard', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ PAYMENT_DELAY_MS });
    const promotions = join(site.system.folder, 'promotions');
    await mkdir(promotions, { recursive: true });
    await writeFile(join(promotions, 'summer-event.txt'), '[SUMMER EVENT] 50% DISCOUNT!');
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  async function open() {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    const network = networkOf(page, recording);
    await page.clock.install();
    await page.addInitScript(RECORD_STATUSES);
    await page.goto(site.origin);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    return { ...dashboard, recording, network, origin: site.origin };
  }

  test('runs acceptance cases 1 to 3 by clicks', async () => {
    const { page, region, button, register, book, ...shown } = await open();
    await page.getByText('Open to everybody').waitFor();
    await region('Flights').getByText('No flights yet').waitFor();
    await region('Bookings').getByText('No bookings yet').waitFor();
    await region('Customers').getByText('No customers yet').waitFor();
    await region('Promotions').getByText('[SUMMER EVENT] 50% DISCOUNT!').waitFor();

    // Case 1.
    await register(ACE890);
    await expect.poll(shown.flights, SOON).toEqual(['ACE890 · 5 of 5 seats left']);
    await book({ customer: '1', seats: 3, date: '2024-11-21' });
    await expect.poll(shown.bookings, SOON).toEqual(['1 · 3 · Nov 21, 2024 · Succeeded']);
    expect(await page.evaluate('statuses')).toEqual(['sending', 'PENDING', 'SUCCEED']);
    await expect.poll(shown.flights, SOON).toEqual(['ACE890 · 2 of 5 seats left']);
    await book({ customer: '2', seats: 3, date: '2024-11-22' });
    await expect
      .poll(shown.bookings, SOON)
      .toEqual(['2 · 3 · Nov 22, 2024 · Canceled Not enough seats left', '1 · 3 · Nov 21, 2024 · Succeeded']);
    await region('Bookings').getByRole('button', { name: 'Show booking' }).first().click();
    await expect
      .poll(shown.history, SOON)
      .toEqual([
        'Reservation placed · Reservation',
        expect.stringMatching(/^Seats refused · \+[\d,]+ ms · Flight$/),
        expect.stringMatching(/^Reservation canceled · \+[\d,]+ ms · Reservation$/),
      ]);
    expect(await shown.flights()).toEqual(['ACE890 · 2 of 5 seats left']);

    // Case 2.
    await register(ACE890);
    await book({ customer: '1', seats: 3, date: '2024-11-11' });
    await book({ customer: '2', seats: 1, date: '2024-11-23' });
    await book({ customer: '2', seats: 1, date: '2024-12-25' });
    await expect
      .poll(async () => (await shown.bookings()).slice(0, 3), SOON)
      .toEqual([
        '2 · 1 · Dec 25, 2024 · Succeeded',
        '2 · 1 · Nov 23, 2024 · Succeeded',
        '1 · 3 · Nov 11, 2024 · Succeeded',
      ]);
    await expect
      .poll(shown.flights, SOON)
      .toEqual(['ACE890 · 0 of 5 seats left', 'ACE890 · 2 of 5 seats left']);
    await region('Flights').getByText('Sold out').waitFor();
    // With what they reserved in case 1.
    await expect
      .poll(shown.customers, SOON)
      .toEqual(['2 · 3 · Dec 25, 2024 · 1', '1 · 2 · Nov 21, 2024 · 0']);

    // Case 3.
    const last = region('Bookings').getByRole('row').nth(3);
    await last.getByRole('link', { name: /show history/ }).click();
    await region('Booking history').getByText('₩600,000 · paid').waitFor();
    await last.getByRole('button', { name: 'Cancel the booking on ACE890 of customer 1' }).click();
    await button('Cancel booking').click();
    await last.getByText('By the customer').waitFor();
    await expect
      .poll(shown.flights, SOON)
      .toEqual(['ACE890 · 3 of 5 seats left', 'ACE890 · 2 of 5 seats left']);
    await region('Booking history').getByText('₩600,000 · refunded').waitFor();
    const steps = async () => (await shown.history()).map((step) => step.split(' · ')[0]);
    await expect
      .poll(steps, SOON)
      .toEqual([
        'Reservation placed',
        'Seats held',
        'Paid',
        'Reservation succeeded',
        'Reservation canceled',
        expect.stringMatching(/^(Seats released|Payment refunded)$/),
        expect.stringMatching(/^(Seats released|Payment refunded)$/),
      ]);
    await expect
      .poll(shown.customers, SOON)
      .toEqual(['1 · 2 · Nov 21, 2024 · 1', '2 · 3 · Dec 25, 2024 · 1']);
    await expect
      .poll(shown.outcomes, SOON)
      // One succeeded before its customer canceled it.
      .toEqual(['Succeeded 4 (67%)', 'By the customer 1 (17%)', 'Not enough seats left 1 (17%)']);
    await page.getByRole('log').getByText('Booking of customer 1 on ACE890: canceled.').waitFor();
    expect(shown.recording.errors).toEqual([]);
    expect(shown.recording.foreignTo(site.origin)).toEqual([]);
  });

  test('shows what is booked elsewhere as it is pushed, and asks for nothing', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const pages = [one, other];
    await one.register({ ...ACE890, code: 'PUSHED' });
    const lit = other.region('Customers').locator('tr[data-lit=true]', { hasText: 'first' }).waitFor();
    await one.book({ customer: 'first', seats: 1 });
    await lit;
    for (const { bookings, flights } of pages) {
      await expect.poll(async () => (await bookings())[0], SOON).toMatch(/^first · 1 · .* · Succeeded$/);
      await expect.poll(async () => (await flights())[0], SOON).toBe('PUSHED · 4 of 5 seats left');
    }
    // The first event of each subscription has the page look once for what came before it.
    await Promise.all(pages.map(({ network }) => network.settle()));

    await one.book({ customer: 'from one', seats: 1 });
    await other.book({ customer: 'from the other', seats: 2 });
    for (const { bookings, flights, customers } of pages) {
      await expect
        .poll(async () => (await bookings()).slice(0, 2), SOON)
        .toEqual([
          expect.stringMatching(/^from the other · 2 · .* · Succeeded$/),
          expect.stringMatching(/^from one · 1 · .* · Succeeded$/),
        ]);
      await expect.poll(async () => (await flights())[0], SOON).toBe('PUSHED · 1 of 5 seats left');
      await expect
        .poll(async () => (await customers()).slice(0, 2), SOON)
        .toEqual([
          expect.stringMatching(/^from the other · 1 · .* · 0$/),
          expect.stringMatching(/^from one · 1 · .* · 0$/),
        ]);
    }
    for (const { network, recording, origin } of pages) {
      // Each made one booking, asked while it was used whether events are held up, and has figures and counts read after pushes.
      await network.pass(60_000);
      const asked = network.take().filter((name) => name !== 'EventsHeldUp');
      expect(asked.filter((name) => name === 'PlaceReservation')).toHaveLength(1);
      expect(new Set(asked)).toEqual(
        new Set(['PlaceReservation', 'Statistics', 'Reservations', 'CustomerInfos']),
      );
      const pings = network.pings();
      await network.pass(120_000);
      expect(network.take()).toEqual([]);
      expect(network.pings()).toBeGreaterThan(pings);
      expect(recording.sockets).toHaveLength(1);
      expect(recording.errors).toEqual([]);
      expect(recording.foreignTo(origin)).toEqual([]);
    }
    // What the test would see of a page that polls.
    await one.page.evaluate(POLL);
    await one.network.pass(120_000);
    expect(one.network.take()).toHaveLength(4);
  });

  test('is used by the keyboard alone', async () => {
    const { page, form, region, button, flights, bookings, register } = await open();
    await register({ ...ACE890, code: 'KEYS' });
    const focused = page.locator(':focus');
    const tabTo = (goal: Locator) =>
      until(`Tab leads to ${goal}`, async () => {
        await page.keyboard.press('Tab');
        return await goal.and(focused).isVisible();
      });
    const cancel = button('Cancel the booking on KEYS of customer by key');
    await page.reload();
    await region('Flights').getByText('KEYS').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused.textContent()).toBe('Skip to the bookings');
    await page.keyboard.press('Enter');
    await tabTo(form.getByLabel('Customer'));
    await page.keyboard.type('by key');
    await tabTo(form.getByRole('combobox'));
    await page.keyboard.type('KEYS');
    await form.getByRole('option', { name: /^KEYS/ }).waitFor();
    await tabTo(form.getByLabel('Seats'));
    await page.keyboard.type('2');
    await tabTo(button('Book'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await bookings())[0], SOON).toMatch(/^by key · 2 · .* · Succeeded$/);
    await expect.poll(async () => (await flights())[0], SOON).toBe('KEYS · 3 of 5 seats left');

    await tabTo(cancel);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // The focus is where it was.
    await cancel.and(focused).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(button('Cancel booking'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await bookings())[0], SOON).toMatch(/ · Canceled By the customer$/);
    await expect.poll(async () => (await flights())[0], SOON).toBe('KEYS · 5 of 5 seats left');
  });

  test('has nothing that axe objects to, however it is looked at', async () => {
    const { page, region, button } = await open();
    await region('Bookings')
      .getByRole('link', { name: /show history/ })
      .first()
      .click();
    await region('Booking history').getByText('Reservation placed').waitFor();
    const look = async (colorScheme: 'light' | 'dark', width: number) => {
      await page.setViewportSize({ width, height: 900 });
      await wear(page, colorScheme);
      return await objectionsOn(page);
    };
    expect(await look('light', 1440)).toEqual([]);
    await button('Register flight').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Register flight' }).click();
    await page.getByText('A flight code has 1 to 20 characters').waitFor();
    expect(await look('dark', 375)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('한국어').click();
    await page.locator('html[lang=ko]').waitFor();
    expect(await look('dark', 1440)).toEqual([]);
    expect(await look('light', 375)).toEqual([]);
    await page
      .locator('svg[role=img]')
      .first()
      .evaluate((picture) => picture.removeAttribute('aria-label'));
    expect(await objectionsOn(page, { rules: ['svg-img-alt'] })).toEqual([
      expect.stringMatching(/^svg-img-alt/),
    ]);
  });

  test('is usable after less than 200 KB of script', async () => {
    const { page, recording, isConnection, origin } = await open();
    for (const path of ['flights', 'bookings', 'customers', 'flights/one', 'customers/one']) {
      await page.goto(`${origin}/${path}`);
      await isConnection('connected');
    }
    // Of all of them together.
    const scripts = new Set(recording.requests.filter(({ type }) => type === 'script').map(({ url }) => url));
    expect(scripts.size).toBeGreaterThan(0);
    const sizes = [...scripts].map(async (url) => {
      const { headers } = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
      const size = Number(headers.get('content-length'));
      // Files of less than a packet come as they are.
      if (size >= 1_000) expect(headers.get('content-encoding')).toBe('gzip');
      return size;
    });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(200_000);
  });
});
