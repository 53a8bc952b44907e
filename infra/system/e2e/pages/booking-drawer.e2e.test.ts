import { requires, until } from '@airline/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { objectionsOn } from './objections.ts';
import { type Site, SOON, startSite, wear } from './page.ts';

const reserveDate = '2024-11-21';

describe('a booking beside the list', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  /** A booking of this customer, made elsewhere, and a page of an address. */
  async function booked(
    customerId: string,
    path: (id: string) => string,
    options: BrowserContextOptions = {},
  ) {
    const booking = bookingAt(site.system.url);
    const flightId = await booking.registerFlight(9, 150_000);
    const { id } = await booking.place({ customerId, flightId, seatQty: 2, reserveDate });
    const { page, recording } = await site.browser.newPage({ ...DESKTOP, ...options });
    await page.goto(site.origin + path(id));
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    const drawer = dashboard.region('Booking history');
    const row = dashboard.region('Bookings').getByRole('row').filter({ hasText: customerId });
    return { ...dashboard, recording, drawer, row, id, focused: page.locator(':focus') };
  }
  const onDesk = () => '/';

  const objectionsInLight = async (page: Page) => {
    await wear(page, 'light');
    return await objectionsOn(page);
  };

  test('has an address, and says who, which flight and day, seats, amount and reference', async () => {
    const options = { permissions: ['clipboard-read', 'clipboard-write'] };
    const { page, drawer, row, id, history, recording } = await booked(
      'facts',
      (id) => `/bookings/${id}`,
      options,
    );
    await row.waitFor();
    for (const text of ['Succeeded', 'facts', '2 seats', '₩300,000 · paid', 'Nov 21, 2024'])
      await drawer.getByText(text, { exact: true }).first().waitFor();
    await drawer.getByText('ACE890 · Thu, Dec 25, 2025').waitFor();
    await expect.poll(async () => (await history()).length, SOON).toBe(4);
    const reference = await drawer.locator('code').textContent();
    expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    await drawer.getByRole('button', { name: `Copy ${reference}` }).click();
    await drawer.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(reference);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'detached' });
    expect(page.url()).not.toContain(id);
    expect(recording.errors).toEqual([]);
  });

  test('has the focus when it opens, and gives it back to its row', async () => {
    const { page, drawer, row, id, focused } = await booked('focus', onDesk);
    await row.getByRole('link', { name: /show history/ }).press('Enter');
    await drawer.getByRole('heading', { name: 'Booking history' }).and(focused).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/bookings/${id}`);
    // Beside it, not over it.
    await row.waitFor();
    const [listed, opened] = [await row.boundingBox(), await drawer.boundingBox()];
    expect((listed?.x ?? 0) + (listed?.width ?? 0)).toBeLessThanOrEqual(opened?.x ?? 0);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await row
      .getByRole('link', { name: /show history/ })
      .and(focused)
      .waitFor();
  });

  test('after a cancellation the focus is where the button was, in the list and in the drawer', async () => {
    const listed = await booked('cancels in the list', onDesk);
    await listed.row.getByRole('button', { name: /^Cancel the booking/ }).press('Enter');
    await listed.button('Cancel booking').press('Enter');
    await listed.row.getByText('By the customer').waitFor();
    await listed.row
      .getByRole('link', { name: /show history/ })
      .and(listed.focused)
      .waitFor();

    const opened = await booked('cancels in the drawer', (id) => `/bookings/${id}`);
    await opened.drawer.getByRole('button', { name: /^Cancel the booking/ }).press('Enter');
    await opened.button('Cancel booking').press('Enter');
    await opened.drawer.getByText('By the customer').first().waitFor();
    await opened.drawer.getByRole('heading', { name: 'Booking history' }).and(opened.focused).waitFor();
    await opened.drawer.getByText('₩300,000 · refunded').waitFor();
    expect(await opened.drawer.getByRole('button', { name: /^Cancel the booking/ }).count()).toBe(0);
  });

  test('after a cancellation by which a row leaves the list, the focus is in the next row, or on the heading', async () => {
    const booking = bookingAt(site.system.url);
    const flightId = await booking.registerFlight(9);
    for (const customerId of ['leaves last', 'leaves second', 'leaves first'])
      await booking.place({ customerId, flightId, seatQty: 1, reserveDate });
    const { page } = await site.browser.newPage(DESKTOP);
    await page.goto(`${site.origin}/bookings?status=SUCCEED&flight=${flightId}`);
    const { region, button, isConnection } = dashboardOn(page);
    await isConnection('connected');
    const row = (customer: string) => region('Bookings').getByRole('row').filter({ hasText: customer });
    const cancel = async (customer: string) => {
      await row(customer)
        .getByRole('button', { name: /^Cancel the booking/ })
        .press('Enter');
      await button('Cancel booking').press('Enter');
      await row(customer).waitFor({ state: 'detached' });
    };
    const focused = page.locator(':focus');
    const linkOf = (customer: string) => row(customer).getByRole('link', { name: /show history/ });
    await cancel('leaves first');
    await linkOf('leaves second').and(focused).waitFor();
    await cancel('leaves last');
    await linkOf('leaves second').and(focused).waitFor();
    await cancel('leaves second');
    await page.getByRole('heading', { name: 'Bookings', exact: true }).and(focused).waitFor();
    expect(await region('Bookings').getByText('leaves').count()).toBe(0);
  });

  test('Escape closes the question alone, and not before the response is there, which it says', async () => {
    const { page, drawer, button } = await booked('asked', (id) => `/bookings/${id}`);
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!/mutation Cancel/.test(route.request().postData() ?? '')) return await route.fallback();
      await held.promise;
      await route.fulfill({ json: { errors: [{ message: 'no', extensions: { code: 'RATE_LIMITED' } }] } });
    });
    const ask = drawer.getByRole('button', { name: /^Cancel the booking/ });
    const dialog = page.getByRole('dialog');
    await ask.press('Enter');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await ask.press('Enter');
    await button('Cancel booking').press('Enter');
    await button('Canceling…').waitFor();
    for (const _ of [1, 2]) await page.keyboard.press('Escape');
    held.resolve();
    await dialog.getByText('The booking was not canceled.').waitFor();
    expect(await dialog.count()).toBe(1);
  });

  test('nor do Escape and "Cancel" close what registers a flight before its response is there', async () => {
    const { page, button } = await booked('registers', onDesk);
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!/mutation RegisterFlight/.test(route.request().postData() ?? '')) return await route.fallback();
      await held.promise;
      await route.fulfill({ json: { errors: [{ message: 'no', extensions: { code: 'RATE_LIMITED' } }] } });
    });
    await button('Register flight').press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Flight code').fill('LATE1');
    await page.keyboard.press('Enter');
    await button('Registering…').waitFor();
    for (const _ of [1, 2]) await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Cancel' }).click({ force: true });
    held.resolve();
    await dialog.getByText('The flight was not registered.').waitFor();
    expect(await dialog.count()).toBe(1);
  });

  test('a cancellation says whether it failed or is not known, until it is closed', async () => {
    const { page, row, button, focused } = await booked('not canceled', onDesk);
    const responses: (() => object | undefined)[] = [
      () => ({ errors: [{ message: 'no', extensions: { code: 'RATE_LIMITED' } }] }),
      () => undefined,
    ];
    await page.route('**/graphql', async (route) => {
      const isCancel = /mutation Cancel/.test(route.request().postData() ?? '');
      const response = isCancel ? responses.shift() : undefined;
      if (!response) return await route.fallback();
      const json = response();
      if (json) await route.fulfill({ json });
      else await route.abort();
    });
    await row.getByRole('button', { name: /^Cancel the booking/ }).click();
    const dialog = page.getByRole('dialog');
    const confirm = button('Cancel booking');
    await confirm.press('Enter');
    await dialog.getByText('The booking was not canceled.').waitFor();
    expect(await objectionsInLight(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.getByRole('alert').waitFor({ state: 'detached' });
    await confirm.press('Enter');
    await dialog.getByText('It is not known yet whether the booking was canceled.').waitFor();
    await confirm.and(focused).waitFor();
    await confirm.press('Enter');
    await row.getByText('By the customer').waitFor();
  });

  test('is a sheet on a phone, with the list in view above it', async () => {
    const viewport = { width: 375, height: 812 };
    const { page, row, drawer } = await booked('phone', () => '/bookings', { viewport });
    await row.getByRole('link', { name: /show history/ }).click();
    const box = await drawer.boundingBox();
    expect(box?.y).toBeGreaterThan(200);
    expect(box?.width).toBe(375);
    await until('the row is above the sheet', async () => {
      const { y = 0, height = 0 } = (await row.boundingBox()) ?? {};
      return y + height <= (box?.y ?? 0);
    });
    expect(await objectionsInLight(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  });

  describe('the clock', () => {
    test("is the reader's: a booking just after midnight in Seoul is of the new day", async () => {
      const { page } = await site.browser.newPage({ ...DESKTOP, timezoneId: 'Asia/Seoul' });
      await page.clock.install({ time: new Date('2026-11-22T15:00:30Z') });
      await page.goto(site.origin);
      const { form, register, book, bookings, isConnection } = dashboardOn(page);
      await isConnection('connected');
      expect(await form.getByLabel('Reserve date').inputValue()).toBe('2026-11-23');
      await page.getByText('All times: Asia/Seoul (GMT+9)').waitFor();
      await register({ code: 'MIDNIGHT', departure: '2027-01-01', price: 1, seats: 5 });
      await book({ customer: 'at midnight', seats: 1 });
      await expect
        .poll(async () => (await bookings())[0], SOON)
        .toMatch(/^at midnight · 1 · Nov 23, 2026 · /);
      await page.clock.fastForward('24:00:00');
      await expect.poll(() => form.getByLabel('Reserve date').inputValue(), SOON).toBe('2026-11-24');
    });

    test('is the same in lists and histories, with day and zone', async () => {
      const booking = bookingAt(site.system.url);
      const flightId = await booking.registerFlight(9);
      const { id } = await booking.place({ customerId: 'zone', flightId, seatQty: 1, reserveDate });
      const { page } = await site.browser.newPage({ ...DESKTOP, timezoneId: 'Asia/Seoul' });
      await page.goto(`${site.origin}/bookings/${id}`);
      const { region } = dashboardOn(page);
      await region('Booking history').getByRole('listitem').nth(3).waitFor();
      await region('Bookings').getByRole('row').filter({ hasText: 'zone' }).waitFor();
      const times = await page
        .locator('time[title]')
        .evaluateAll((all: { dateTime: string; title: string }[]) =>
          all.map(({ dateTime, title }) => ({ dateTime, title })),
        );
      expect(times.length).toBeGreaterThanOrEqual(6);
      const inSeoul = new Intl.DateTimeFormat('en', {
        dateStyle: 'medium',
        timeStyle: 'medium',
        hourCycle: 'h23',
        timeZone: 'Asia/Seoul',
      });
      for (const { dateTime, title } of times) {
        expect(title).toContain(inSeoul.format(new Date(dateTime)));
        expect(title).toMatch(/GMT\+9$/);
      }
    });
  });
});
