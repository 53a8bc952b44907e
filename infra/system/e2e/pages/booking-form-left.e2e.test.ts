import { requires } from '@airline/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Site, SOON, startSite } from './page.ts';

const FLIGHT = { departure: '2027-12-25', price: 200_000, seats: 50 };

describe('a booking form that is left while it is sent', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    return () => site[Symbol.asyncDispose]();
  });

  /** A form of this customer, which is sent, left and drawn again before the response. */
  async function leftAndBack(customer: string, code: string, refusal?: object) {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.goto(site.origin);
    const dashboard = dashboardOn(page);
    const { form, button, region } = dashboard;
    await dashboard.isConnection('connected');
    await dashboard.register({ ...FLIGHT, code });
    await button(`Book ${code}`).first().click();
    const customerField = form.getByLabel('Customer');
    await customerField.fill(customer);
    const response = Promise.withResolvers<void>();
    const keys: string[] = [];
    await page.route('**/graphql', async (route) => {
      const { query = '', variables } = route.request().postDataJSON() ?? {};
      if (!/mutation PlaceReservation/.test(query)) return await route.fallback();
      keys.push(variables.input.idempotencyKey);
      await response.promise;
      await (refusal ? route.fulfill({ json: refusal }) : route.fallback());
    });
    await button('Book').click();
    await expect.poll(() => keys.length, SOON).toBe(1);
    await page.getByRole('link', { name: 'Customers', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Bookings', exact: true }).click();
    expect(await customerField.inputValue()).toBe(customer);
    // It is sent still: what would be typed into it is not lost by the response, nor is it sent twice.
    await button('Booking…').waitFor();
    expect(await customerField.isEditable()).toBe(false);
    await button('Booking…').click({ force: true });
    response.resolve();
    return { ...dashboard, recording, customerField, keys, made: region('Bookings').getByRole('listitem') };
  }

  test('is empty when it was booked, and confirms it', async () => {
    const { made, customerField, form, keys, recording } = await leftAndBack('away', 'AWAY');
    await made.getByText('Booked', { exact: true }).waitFor();
    expect(await made.count()).toBe(1);
    expect(await customerField.inputValue()).toBe('');
    expect(await form.getByRole('combobox').inputValue()).toBe('');
    expect(keys).toHaveLength(1);
    expect(recording.errors).toEqual([]);
  });

  test('says that it was not booked, and keeps what was typed', async () => {
    const errors = [{ message: 'slow', extensions: { code: 'RATE_LIMITED' } }];
    const { form, customerField, button } = await leftAndBack('refused', 'REFUSED', { errors });
    await form.getByRole('alert').getByText('The booking was not made.').waitFor();
    expect(await customerField.inputValue()).toBe('refused');
    await button('Book').waitFor();
  });
});
