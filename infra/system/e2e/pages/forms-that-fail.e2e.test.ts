import { requires } from '@airline/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Site, SOON, startSite } from './page.ts';

const KEPT_BEFORE = {
  register: true,
  'flight-input': { flightCode: 'KEPT', cost: 5, gone: 'x' },
  customer: 7,
  seats: '3',
  date: 5,
  made: 'x',
  unmade: { code: 'FORBIDDEN' },
  flight: null,
};

describe("the dashboard's forms", requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    return () => site[Symbol.asyncDispose]();
  });

  async function open(kept: object = {}) {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.addInitScript(
      `sessionStorage.setItem('airline-typed', ${JSON.stringify(JSON.stringify(kept))})`,
    );
    await page.goto(site.origin);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    return { ...dashboard, recording };
  }

  test('have what another release has kept of the fields that they have, and can be sent', async () => {
    const { page, form, region, recording } = await open(KEPT_BEFORE);
    const dialog = page.getByRole('dialog', { name: 'Register flight' });
    expect(await dialog.getByLabel('Flight code').inputValue()).toBe('KEPT');
    expect(await dialog.getByLabel('Price per seat').inputValue()).toBe('200000');
    expect(await dialog.getByLabel('Seats', { exact: true }).inputValue()).toBe('60');
    await dialog.getByRole('button', { name: 'Register flight' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await region('Flights').getByRole('listitem').filter({ hasText: 'KEPT' }).waitFor();
    expect(await form.getByLabel('Customer').inputValue()).toBe('');
    expect(await form.getByLabel('Seats').inputValue()).toBe('3');
    expect(await form.getByLabel('Reserve date').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(recording.errors).toEqual([]);
  });

  test.each([
    ['before', 'Storage.prototype', 'setItem'],
    ['while', 'AbortSignal', 'timeout'],
  ])(
    'say that it is not known whether it was done where the page throws %s it is sent, and can be sent again',
    async (when, owner, method) => {
      const dashboard = await open();
      const { page, form, submit, bookings } = dashboard;
      await dashboard.register({ code: when, departure: '2027-12-25', price: 1, seats: 5 });
      await page.evaluate(`
        globalThis.whole = ${owner}.${method};
        ${owner}.${method} = () => { throw new Error('Broken.'); };
      `);
      await dashboard.book({ customer: when, seats: 2 });
      const alert = form.getByRole('alert');
      await alert.getByText('It is not known yet whether the booking was made.').waitFor();
      await alert.getByText('Something went wrong in this page.').waitFor();
      await page.evaluate(`${owner}.${method} = globalThis.whole`);
      await submit();
      await expect
        .poll(bookings, SOON)
        .toContainEqual(expect.stringMatching(new RegExp(`^${when} · 2 · .* · Succeeded$`)));
      expect(await alert.count()).toBe(0);
    },
  );
});
