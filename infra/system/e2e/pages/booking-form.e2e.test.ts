import { requires } from '@airline/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Site, SOON, startSite } from './page.ts';

const FLIGHT = { departure: '2027-12-25', price: 200_000, seats: 50 };

describe('the booking form', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ PAYMENT_DECLINE_ABOVE: '5000000' });
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  /** A page whose form has this customer and the flight, with all that it has asked to book. */
  async function filled(
    customer: string,
    flight: { code: string; seats?: number; departure?: string; price?: number; currency?: string },
  ) {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    const keys: string[] = [];
    page.on('request', (request) => {
      const { query = '', variables } = request.method() === 'POST' ? request.postDataJSON() : {};
      if (/mutation PlaceReservation/.test(query)) keys.push(variables.input.idempotencyKey);
    });
    await page.goto(site.origin);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    await dashboard.register({ ...FLIGHT, ...flight });
    await dashboard.button(`Book ${flight.code}`).first().click();
    const { form } = dashboard;
    const customerField = form.getByLabel('Customer');
    await customerField.fill(customer);
    const confirmation = dashboard.region('Bookings').getByRole('listitem').first();
    return { ...dashboard, recording, keys, customerField, seats: form.getByLabel('Seats'), confirmation };
  }

  /** What the databases have of a customer. */
  async function countsOf(customer: string) {
    const count = async (service: 'reservation' | 'payment') => {
      const rows = await site.system.select<{ customer: string }>(
        service,
        `SELECT customer_id AS customer FROM ${service}`,
      );
      return rows.filter((row) => row.customer === customer).length;
    };
    return [await count('reservation'), await count('payment')];
  }

  const bookedOnce = async (customer: string, { confirmation }: Pick<Filled, 'confirmation'>) => {
    await confirmation.getByText('Booked', { exact: true }).waitFor();
    expect(await countsOf(customer)).toEqual([1, 1]);
  };
  type Filled = Awaited<ReturnType<typeof filled>>;

  test('makes one booking and one charge of Enter that is held, of a double click and of both keys', async () => {
    const held = await filled('held', { code: 'HELD' });
    await held.customerField.focus();
    for (let repeats = 0; repeats < 12; repeats += 1) await held.page.keyboard.down('Enter');
    await held.page.keyboard.up('Enter');
    await bookedOnce('held', held);
    // Repeats that come after the response find no error in the emptied form either.
    await held.page.keyboard.down('Enter');
    expect(held.keys).toHaveLength(1);

    const clicked = await filled('clicked', { code: 'CLICKED' });
    await clicked.form.getByRole('button', { name: 'Book', exact: true }).dblclick();
    await bookedOnce('clicked', clicked);
    expect(await clicked.form.getByText('Enter a customer').count()).toBe(0);

    // Presses while it is sent, each of its own.
    const pressed = await filled('pressed', { code: 'PRESSED' });
    const response = Promise.withResolvers<void>();
    await pressed.page.route('**/graphql', async (route) => {
      if (/mutation PlaceReservation/.test(route.request().postData() ?? '')) await response.promise;
      await route.fallback();
    });
    await pressed.seats.focus();
    await pressed.page.keyboard.press('Enter');
    await pressed.button('Booking…').waitFor();
    await pressed.page.keyboard.press('Enter');
    await pressed.button('Booking…').click({ force: true });
    response.resolve();
    await bookedOnce('pressed', pressed);
    expect(pressed.keys).toHaveLength(1);
    expect([held, clicked, pressed].flatMap(({ recording }) => recording.errors)).toEqual([]);
  });

  test('says before it is sent what it will cost, how many seats are left, and what cannot be', async () => {
    const { form, seats, page, keys, button } = await filled('asks', { code: 'QUOTE', seats: 3 });
    await seats.fill('2');
    await form.getByText('3 seats left').waitFor();
    await form.getByText('₩200,000 × 2').waitFor();
    await form.getByText('Total ₩400,000').waitFor();
    await form.getByText('Sat, Dec 25, 2027').waitFor();
    await seats.fill('4');
    await form.getByText('Only 3 seats left').waitFor();
    await form.getByLabel('Reserve date').fill('2027-12-26');
    await form.getByText('The reserve date is after take-off.').waitFor();
    await button('Book').click();
    await form.getByLabel('Reserve date').fill('2027-12-25');
    await seats.fill('3');
    expect(keys).toEqual([]);
    await button('Book').click();
    // Left are those of the moment, not of when the flight was chosen.
    const other = await filled('late', { code: 'OTHER' });
    await other.button('Book QUOTE').click();
    await other.form.getByText('This flight is sold out.').waitFor();
    await other.button('Book').click();
    expect(other.keys).toEqual([]);
    await expect.poll(() => countsOf('late'), SOON).toEqual([0, 0]);
    // What has departed says so, and the day that a booking has then.
    const gone = await filled('gone', { code: 'GONE', departure: '2024-12-25' });
    await gone.form.getByText('This flight has departed. The booking is dated Wed, Dec 25, 2024').waitFor();
    await gone.region('Flights').getByRole('listitem').first().getByText('Departed').waitFor();
    await gone.button('Register flight').click();
    const dialog = gone.page.getByRole('dialog');
    await dialog.getByLabel('Flight code').fill('EMPTY');
    await dialog.getByLabel('Departure').fill('2024-12-25');
    await dialog.getByText('This day is over: the flight counts as departed.').waitFor();
    await dialog.getByLabel('Seats', { exact: true }).fill('0');
    await dialog.getByRole('button', { name: 'Register flight' }).click();
    await dialog.getByText('Enter a whole number from 1 to').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('has the currency of the flight wherever an amount stands', async () => {
    const inEuros = { code: 'EURO', price: 199.5, currency: 'EUR' };
    const { form, seats, page, region, confirmation, button, recording } = await filled('abroad', inEuros);
    await region('Flights').getByText('€199.50 per seat').waitFor();
    await seats.fill('2');
    await form.getByText('€199.50 × 2').waitFor();
    await form.getByText('Total €399.00').waitFor();
    await button('Book').click();
    await confirmation.getByText('Booked', { exact: true }).waitFor();
    await confirmation.getByText('Total €399.00').waitFor();
    await confirmation.getByRole('button', { name: 'Show booking' }).click();
    await region('Booking history').getByText('€399.00 · paid').waitFor();
    await region('Booking history').getByRole('link', { name: 'abroad' }).click();
    await region('Payments').getByText('€399.00').waitFor();
    await page.goBack();
    await region('Booking history').getByRole('link', { name: 'EURO' }).click();
    await region('EURO').getByText('€199.50').waitFor();
    await button('Edit').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Price per seat (EUR)').inputValue()).toBe('199.50');
    await dialog.getByLabel('Price per seat (EUR)').fill('205.25');
    await dialog.getByText('cost €205.25 each').waitFor();
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await region('EURO').getByText('€205.25').waitFor();
    expect(recording.errors).toEqual([]);
  });

  test('leads to bookings that are filtered by their flight, and open in another tab', async () => {
    const { page, region, confirmation, button, bookings } = await filled('filtered', { code: 'ONLY' });
    await button('Book').click();
    await confirmation.getByText('Booked', { exact: true }).waitFor();
    const filter = region('Bookings').getByRole('search').getByLabel('Flight', { exact: true });
    await filter.fill('only');
    await filter.press('Enter');
    await expect.poll(() => page.url(), SOON).toContain('flight=');
    await expect.poll(async () => (await bookings()).length, SOON).toBe(1);
    const opened = page.context().waitForEvent('page');
    await region('Bookings')
      .getByRole('link', { name: /show history/ })
      .click({ modifiers: ['ControlOrMeta'] });
    await (await opened).waitForURL(/\/bookings\/[^/?]+$/);
    await filter.fill('');
    await expect.poll(() => page.url(), SOON).not.toContain('flight=');
  });

  test('is empty after a booking, which it confirms until it is closed, and leads on to the next', async () => {
    const { form, seats, page, confirmation, customerField, button, keys, history } = await filled('first', {
      code: 'NEXT',
    });
    await seats.fill('2');
    await page.keyboard.press('Enter');
    for (const text of ['Booked', 'first', 'NEXT · Sat, Dec 25, 2027', '2 seats', 'Total ₩400,000'])
      await confirmation.getByText(text, { exact: true }).waitFor();
    expect(await customerField.and(page.locator(':focus')).count()).toBe(1);
    const values = form
      .locator('input, select, textarea')
      .evaluateAll((all: { value: string }[]) => all.map(({ value }) => value));
    expect(await values).toEqual(['', '', '1', expect.stringMatching(/^\d{4}-/)]);

    // The next one by the keyboard alone, which the payment provider declines.
    await page.keyboard.type('second');
    await page.keyboard.press('Tab');
    await page.keyboard.type('next');
    await form.getByRole('option', { name: /^NEXT/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('26');
    await page.keyboard.press('Enter');
    await confirmation.getByText('Not booked').waitFor();
    await confirmation.getByText('Payment declined').waitFor();
    expect(new Set(keys).size).toBe(2);
    await confirmation.getByRole('button', { name: 'Show booking' }).click();
    await expect.poll(async () => (await history())[0], SOON).toBe('Reservation placed · Reservation');
    await confirmation.getByRole('button', { name: 'Close' }).click();
    await button('Show booking').waitFor({ state: 'hidden' });
  });

  test('is sent with the flight that was typed, even before that is found, and not at all without one', async () => {
    const quick = await filled('quick', { code: 'QUICK' });
    const { form, seats, page, confirmation, keys, register, button } = quick;
    await register({ ...FLIGHT, code: 'SWIFT' });
    let held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (/"flightCodePrefix"/.test(route.request().postData() ?? '')) await held.promise;
      await route.fallback();
    });
    const type = async (code: string) => {
      await form.getByRole('combobox').fill(code);
      await page.keyboard.press('Tab');
      await seats.and(page.locator(':focus')).waitFor();
    };
    await type('none');
    await page.keyboard.press('Enter');
    held.resolve();
    await form.getByText('Choose a flight.', { exact: true }).waitFor();
    held = Promise.withResolvers();
    // Of several that are looked up the last is meant.
    await type('quick');
    await type('swift');
    await page.keyboard.press('Enter');
    held.resolve();
    await confirmation.getByText('SWIFT · Sat, Dec 25, 2027').waitFor();
    expect(keys).toHaveLength(1);
    // So is one that is chosen elsewhere meanwhile.
    held = Promise.withResolvers();
    await type('quick');
    await button('Book SWIFT').click();
    await page.keyboard.press('Enter');
    held.resolve();
    await form.getByText('Enter a customer').waitFor();
    expect(await form.getByRole('combobox').inputValue()).toBe('SWIFT');
  });

  test('is sent by a click with the flight that was typed, and not with the one that was chosen before', async () => {
    const { form, confirmation, button, register } = await filled('by click', { code: 'BEFORE' });
    await register({ ...FLIGHT, code: 'MEANT' });
    await form.getByRole('combobox').fill('meant');
    await form.getByRole('option', { name: /^MEANT/ }).waitFor();
    // As when another window takes the focus: what is typed stays.
    await form.getByRole('combobox').dispatchEvent('focusout');
    expect(await form.getByRole('combobox').inputValue()).toBe('meant');
    await button('Book').click();
    await confirmation.getByText('MEANT · Sat, Dec 25, 2027').waitFor();
  });

  test('keeps the key of a booking whose response was lost, also over another page and a reload, and says so', async () => {
    const lost = await filled('lost', { code: 'LOST' });
    const { page, form, button, keys, customerField } = lost;
    await page.route(
      '**/graphql',
      async (route) => {
        if (!/mutation PlaceReservation/.test(route.request().postData() ?? ''))
          return await route.fallback();
        await route.fetch();
        await route.abort();
      },
      { times: 40 },
    );
    await button('Book').click();
    const alert = form.getByRole('alert');
    await alert.getByText('It is not known yet whether the booking was made.').waitFor();
    expect(await alert.textContent()).toContain('lost, LOST, 1 seat');
    await alert.getByRole('button', { name: 'Close' }).click();
    await alert.waitFor({ state: 'hidden' });
    await page.unrouteAll();
    await page.getByRole('link', { name: 'Customers', exact: true }).click();
    await page.getByRole('heading', { name: 'Customers' }).first().waitFor();
    await page.goBack();
    expect(await customerField.inputValue()).toBe('lost');
    await page.reload();
    await button('Book LOST').first().click();
    await customerField.fill('lost');
    await button('Book').click();
    await bookedOnce('lost', lost);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test('says that a booking was not made where the server has refused it', async () => {
    const { page, form, button, customerField } = await filled('refused', { code: 'REFUSED' });
    await page.route('**/graphql', async (route) => {
      if (!/mutation PlaceReservation/.test(route.request().postData() ?? '')) return await route.fallback();
      await route.fulfill({ json: { errors: [{ message: 'slow', extensions: { code: 'RATE_LIMITED' } }] } });
    });
    await button('Book').click();
    await form.getByRole('alert').getByText('The booking was not made.').waitFor();
    expect(await customerField.inputValue()).toBe('refused');
    expect(await countsOf('refused')).toEqual([0, 0]);
  });
});
