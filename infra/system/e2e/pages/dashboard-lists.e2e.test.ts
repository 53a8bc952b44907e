import { present, request, requires, until } from '@airline/testing';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Amount, codeOf, customerOf, writeRows } from './dashboard-rows.ts';
import { type Site, SOON, startSite } from './page.ts';

const MOST_BYTES = 200_000;
/** Rows of a table that are drawn at once. */
const MOST_DRAWN = 60;

/** The sizes of the responses of the graph, in bytes. */
function sizesOn(page: Page) {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname !== '/graphql') return;
    sizes.push(
      response.body().then(
        ({ length }) => length,
        () => 0,
      ),
    );
  });
  return async () => await Promise.all(sizes);
}

async function openOn(site: Site, path: string) {
  const { page, recording } = await site.browser.newPage(DESKTOP);
  const sizes = sizesOn(page);
  await page.goto(site.origin + path);
  const dashboard = dashboardOn(page);
  await dashboard.isConnection('connected');
  return { ...dashboard, recording, sizes };
}

/** `Bookings 300`: the figures of all bookings. */
const totalsOn = async (page: Page) =>
  (await page.getByRole('region', { name: 'Charts' }).locator('> dl > div').allInnerTexts()).map((text) =>
    text.replace('\n', ' '),
  );

const noteOf = (page: Page, section: string) =>
  page.getByRole('region', { name: section, exact: true }).locator('header').first();

test('an empty system has figures, and nothing to search in', requires('chromium').options, async () => {
  await using site = await startSite();
  const { page, region, recording } = await openOn(site, '/');
  await region('Flights').getByText('No flights yet').waitFor();
  await region('Bookings').getByText('No bookings yet').waitFor();
  await region('Customers').getByText('No customers yet').waitFor();
  await expect
    .poll(() => totalsOn(page), SOON)
    .toEqual(['Bookings 0', 'Pending 0', 'Succeeded 0', 'Canceled 0', 'Customers 0']);
  expect(await page.getByRole('search').count()).toBe(0);
  await page.goto(`${site.origin}/flights?code=KE`);
  await region('Flights').getByText('code begins with “KE”').waitFor();
  expect(recording.errors).toEqual([]);
});

describe.each<[string, Amount]>([
  ['a small system', { flights: 40, bookings: 300, customers: 25 }],
  ['a large system', { flights: 5_000, bookings: 50_000, customers: 2_000 }],
])('%s', requires('chromium').options, (_, amount) => {
  const { flights, bookings, customers } = amount;
  const n = (count: number) => count.toLocaleString('en');
  const last = flights - 1;
  let site: Site;
  let rows: ReturnType<typeof writeRows>;

  beforeAll(async () => {
    site = await startSite();
    rows = writeRows(site.system.folder, amount);
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());
  const open = (path: string) => openOn(site, path);
  const referenceOf = async (id: string): Promise<string> => {
    const query = 'query ($id: ID!) { reservation(id: $id) { reference } }';
    const { reservation } = await request<{ reservation: { reference: string } }>(site.system.url, query, {
      id,
    });
    return reservation.reference;
  };

  test('shows the figures of the databases, and reads little of them', async () => {
    const { page, sizes, recording } = await open('/');
    const canceled = bookings / 5;
    await expect
      .poll(() => totalsOn(page), SOON)
      .toEqual([
        `Bookings ${n(bookings)}`,
        'Pending 0',
        `Succeeded ${n(bookings - canceled)}`,
        `Canceled ${n(canceled)}`,
        `Customers ${n(customers)}`,
      ]);
    await noteOf(page, 'Flights')
      .getByText(`${n(flights)} flights`)
      .waitFor();
    await noteOf(page, 'Bookings')
      .getByText(`${n(bookings)} bookings`)
      .waitFor();
    await noteOf(page, 'Customers')
      .getByText(`${n(customers)} customers`)
      .waitFor();
    const shown = await page.getByText(/[\d,]+ last 30 minutes$/).textContent();
    const minutes = Math.floor(Date.now() / 60_000);
    const recent = rows.reservations.filter(
      ({ placed_at }) => Math.floor(Date.parse(placed_at) / 60_000) > minutes - 30,
    );
    // The minute may have changed since.
    expect(
      Math.abs(Number(/([\d,]+) last/.exec(shown ?? '')?.[1]?.replace(',', '')) - recent.length),
    ).toBeLessThanOrEqual(20);
    expect(Math.max(...(await sizes()))).toBeLessThan(MOST_BYTES);
    expect(recording.errors).toEqual([]);
  });

  test('finds on the server what is not loaded, by an address that can be pasted', async () => {
    const { page, region, flights: shownFlights, sizes } = await open('/flights');
    await region('Flights').getByLabel('Code begins with').fill(codeOf(0).toLowerCase());
    await expect.poll(shownFlights, SOON).toEqual([`${codeOf(0)} · 0 of 180 seats left`]);
    await expect.poll(() => new URL(page.url()).search, SOON).toBe(`?code=${codeOf(0).toLowerCase()}`);
    await noteOf(page, 'Flights').getByText('1 flight', { exact: true }).waitFor();
    await region('Flights').getByText('More filters').click();
    await region('Flights').getByLabel('Free seats, at least').fill('1');
    await region('Flights').getByText('Nothing matches this search').waitFor();
    await region('Flights')
      .getByText(`code begins with “${codeOf(0).toLowerCase()}” · 1 or more seats free`)
      .waitFor();
    await page.reload();
    await region('Flights').getByText('Nothing matches this search').waitFor();
    await region('Flights').getByRole('button', { name: 'Clear the search' }).click();
    await noteOf(page, 'Flights')
      .getByText(`${n(flights)} flights`)
      .waitFor();
    expect(new URL(page.url()).search).toBe('');

    await page.goto(`${site.origin}/flights?flights-by=price&price-to=${100_000 + 2 * 10}`);
    await expect
      .poll(async () => (await shownFlights()).map((text) => text.split(' ')[0]), SOON)
      .toEqual([0, 1, 2].map(codeOf));

    await page.goto(`${site.origin}/customers?name=${customerOf(customers - 1)}`);
    await region('Customers')
      .getByRole('link', { name: customerOf(customers - 1) })
      .click();
    await page
      .getByRole('region', { name: customerOf(customers - 1) })
      .getByText('Reservations')
      .waitFor();
    await noteOf(page, 'Bookings')
      .getByText(`${n(bookings / customers)} bookings`)
      .waitFor();
    expect(await page.title()).toBe(`${customerOf(customers - 1)} · Airline operations`);
    await page.goBack();
    await expect(page.getByLabel('Name begins with').inputValue()).resolves.toBe(customerOf(customers - 1));
    expect(Math.max(...(await sizes()))).toBeLessThan(MOST_BYTES);
  });

  test('finds a booking by its reference, in the list and as an address', async () => {
    const { page, region, bookings: shownBookings } = await open('/bookings');
    const first = present(rows.reservations[0], 'the first booking');
    const reference = await referenceOf(first.id);
    const spoken = reference.toLowerCase().replace('-', ' ').replaceAll('0', 'o');
    await region('Bookings').getByRole('search').getByLabel('Reference').fill(spoken);
    await expect
      .poll(shownBookings, SOON)
      .toEqual([expect.stringMatching(/^customer-0000 · 1 · .* · Canceled Payment declined$/)]);
    const pasted = await open(`/bookings/${reference}?lang=ko`);
    expect(await pasted.page.locator('html').getAttribute('lang')).toBe('ko');
    await pasted.page.locator('aside').getByText('customer-0000').waitFor();
    await page.goto(`${site.origin}/bookings/ZZZZ-ZZZZ`);
    await page.getByText('There is no booking at this address.').waitFor();
  });

  test('loads the rows that one scrolls to, and draws those that are in sight', async () => {
    const { region, sizes } = await open('/customers?customers-by=customerId');
    const goal = customerOf(Math.min(customers - 1, 300));
    const table = region('Customers').getByRole('table');
    await table.getByText(customerOf(0)).waitFor();
    const scroller = region('Customers').locator('[data-scroller]');
    await until(
      `${goal} is in sight`,
      async () => {
        const drawn = await table.locator('tr[data-index]').allInnerTexts();
        // Rows may be drawn after the next look at them, so that the goal is scrolled past.
        const isPast = drawn[0] !== undefined && drawn[0] > goal;
        await scroller.evaluate((element, by) => element.scrollBy(0, by), isPast ? -300 : 600);
        expect(await table.locator('tbody tr').count()).toBeLessThan(MOST_DRAWN);
        return await table.getByText(goal).isVisible();
      },
      60_000,
    );
    expect(await table.getAttribute('aria-rowcount')).toBe(String(customers + 1));
    expect(Math.max(...(await sizes()))).toBeLessThan(MOST_BYTES);
  });

  test('has new rows wait while somebody reads', async () => {
    const { page, region, bookings: shown } = await open('/bookings');
    await expect.poll(async () => (await shown()).length, SOON).toBeGreaterThan(5);
    const [before] = await shown();
    await region('Bookings').getByRole('table').hover();
    const booking = bookingAt(site.system.url);
    const place = (customerId: string) =>
      booking.place({ customerId, flightId: present(rows.flightIds[last], 'flight'), seatQty: 1 });
    await place('reader');
    const button = region('Bookings').getByRole('button', { name: /^\d new$/ });
    await button.and(page.getByText('1 new')).waitFor();
    await noteOf(page, 'Bookings')
      .getByText(`${n(bookings + 1)} bookings`)
      .waitFor();
    expect((await shown())[0]).toBe(before);
    // Also on the way to the button.
    await button.hover();
    await place('second');
    await button.and(page.getByText('2 new')).waitFor();
    expect((await shown())[0]).toBe(before);
    await button.click();
    await expect
      .poll(async () => (await shown()).slice(0, 2), SOON)
      .toEqual([expect.stringMatching(/^second · 1 /), expect.stringMatching(/^reader · 1 /)]);
    await page.getByRole('heading', { name: 'Bookings' }).and(page.locator(':focus')).waitFor();
    // Away from the list, they are put in.
    await page.mouse.move(5, 5);
    await place('another');
    await expect.poll(async () => (await shown())[0], SOON).toMatch(/^another · 1 /);
  });

  test('changes a flight, and says before what that will do', async () => {
    const id = present(rows.flightIds[1], 'flight');
    const { page, region, button } = await open(`/flights/${id}`);
    await region(codeOf(1)).getByText('₩100,010').waitFor();
    expect(await page.title()).toBe(`${codeOf(1)} · Airline operations`);
    await button('Edit').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Price per seat').fill('250,000');
    await dialog.getByText('Seats that are held from now on cost ₩250,000 each. 179 held or sold').waitFor();
    await dialog.getByLabel('Seats', { exact: true }).fill('178');
    await dialog.getByText('from 179, the seats that are held or sold').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Seats', { exact: true }).fill('200');
    // Somebody else changes another field meanwhile.
    const takeoffDate = '2027-12-24';
    const input = { id, takeoffDate };
    await request(
      site.system.url,
      'mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { flight { id } } }',
      { input },
    );
    await expect.poll(() => dialog.getByLabel('Departure').inputValue(), SOON).toBe(takeoffDate);
    await dialog.getByText('200 seats in all, of which 21 are free.').waitFor();
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (/mutation UpdateFlight/.test(route.request().postData() ?? '')) await held.promise;
      await route.fallback();
    });
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await button('Saving…').waitFor();
    for (const _ of [1, 2]) await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Cancel' }).click({ force: true });
    expect(await dialog.count()).toBe(1);
    held.resolve();
    await dialog.waitFor({ state: 'hidden' });
    await region(codeOf(1)).getByText('₩250,000').waitFor();
    await region(codeOf(1)).getByText('21 of 200 seats left').first().waitFor();
    await region(codeOf(1)).getByText('Dec 24, 2027').waitFor();
    await page.goto(`${site.origin}/flights/none`);
    await page.getByText('There is no flight at this address.').waitFor();
    await page.goto(`${site.origin}/flights/a/b`);
    await page.getByText('There is no page at this address.').waitFor();
  });
});
