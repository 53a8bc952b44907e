import { present, requires, until } from '@airline/testing';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { OF_COLORS, objectionsOn } from './objections.ts';
import { type Site, SOON, startSite, wear } from './page.ts';
import { playgroundOn } from './playground.ts';
import { leftIn, signInOn } from './sign-in-page.ts';

const ACE890 = { code: 'ACE890', departure: '2027-12-25', price: 200_000, seats: 50 };
/** The first part of a JSON Web Token, `{"alg":`. */
const TOKEN = /eyJhbGci/;

describe('where people sign in', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({}, ['--login']);
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  /** A browser of their own in which someone has signed in, at the dashboard by default. */
  async function enter(name: string, path = '/') {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.goto(site.origin + path);
    await signInOn(page).signInAs(name);
    return { ...dashboardOn(page), recording };
  }

  test('a customer books, and sees theirs alone as it happens, while staff see all', async () => {
    const [kim, clerk, operator] = await Promise.all([enter('kim'), enter('clerk'), enter('operator')]);
    await clerk.register(ACE890);
    await expect.poll(kim.flights, SOON).toEqual(['ACE890 · 50 of 50 seats left']);

    expect(await kim.button('Register flight').count()).toBe(0);
    expect(await kim.region('Customers').count()).toBe(0);
    const customer = kim.form.getByLabel('Customer');
    expect([await customer.inputValue(), await customer.isEditable()]).toEqual(['kim', false]);
    await kim.button('Book ACE890').click();
    await kim.form.getByLabel('Seats').fill('2');
    await kim.submit();
    await expect.poll(kim.bookings, SOON).toEqual([expect.stringMatching(/^kim · 2 · .* · Succeeded$/)]);

    await clerk.book({ customer: 'lee', seats: 3 });
    await clerk.book({ customer: 'kim', seats: 1 });
    for (const { bookings } of [clerk, operator])
      await expect
        .poll(bookings, SOON)
        .toEqual([
          expect.stringMatching(/^kim · 1 · .* · Succeeded$/),
          expect.stringMatching(/^lee · 3 · .* · Succeeded$/),
          expect.stringMatching(/^kim · 2 · .* · Succeeded$/),
        ]);
    await expect
      .poll(kim.bookings, SOON)
      .toEqual([
        expect.stringMatching(/^kim · 1 · .* · Succeeded$/),
        expect.stringMatching(/^kim · 2 · .* · Succeeded$/),
      ]);
    const pushedTo = ({ recording }: typeof kim) =>
      recording.sockets.flatMap(({ received }) => received).join();
    // The rows may have been loaded before they are pushed.
    await expect.poll(() => pushedTo(clerk), SOON).toContain('"lee"');
    await expect.poll(() => pushedTo(kim), SOON).toContain('"kim"');
    expect(pushedTo(kim)).not.toContain('"lee"');

    await kim.page.reload();
    await expect.poll(async () => (await kim.bookings()).length, SOON).toBe(2);
    await kim
      .region('Bookings')
      .getByRole('link', { name: /show history/ })
      .first()
      .click();
    await kim.region('Booking history').getByText('Reservation succeeded').waitFor();
    await kim
      .region('Bookings')
      .getByRole('button', { name: /^Cancel the booking/ })
      .first()
      .click();
    await kim.button('Cancel booking').click();
    await expect
      .poll(async () => (await kim.bookings())[0], SOON)
      .toMatch(/^kim · 1 · .* · Canceled By the customer$/);

    // An operator reads, and does nothing of what staff does.
    expect(await operator.form.count()).toBe(0);
    expect(await operator.button('Register flight').count()).toBe(0);
    expect(await operator.page.getByRole('button', { name: /^(Book|Cancel the booking)/ }).count()).toBe(0);
    await expect.poll(operator.customers, SOON).toHaveLength(2);
    for (const { recording } of [kim, clerk, operator]) expect(recording.errors).toEqual([]);
  });

  test('a visitor sees what is public, and is asked to sign in for the rest', async () => {
    const clerk = await enter('clerk');
    await clerk.register({ ...ACE890, code: 'PUBLIC' });
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.goto(site.origin);
    const visitor = dashboardOn(page);
    await visitor.isConnection('connected');
    await expect.poll(async () => (await visitor.flights())[0], SOON).toBe('PUBLIC · 50 of 50 seats left');
    await clerk.book({ customer: 'kim', seats: 5 });
    await expect.poll(async () => (await visitor.flights())[0], SOON).toBe('PUBLIC · 45 of 50 seats left');
    await page.getByText('Sign in to book seats and to follow your bookings.').waitFor();
    for (const name of ['Charts', 'Customers', 'Booking history'])
      expect(await visitor.region(name).count()).toBe(0);
    expect(recording.errors).toEqual([]);
  });

  test('what a role may not do is refused, whoever offers it', async () => {
    const run = async (name: string) => {
      const { page, recording } = await enter(name, '/playground');
      const playground = playgroundOn(page);
      await playground.loaded();
      await page.getByText(`Signed in as ${name}`).waitFor();
      await playground.choose('RegisterFlight');
      await playground.press();
      return { page, playground, recording };
    };
    const { playground } = await run('clerk');
    expect(await playground.shows('the flight')).toMatchObject({
      registerFlight: { flight: { capacity: 5 } },
    });
    const refused = await run('kim');
    await refused.playground.showsText('FORBIDDEN');
  });

  test('tokens are where no other site reads them', async () => {
    const { page, recording } = await enter('clerk');
    await dashboardOn(page).isConnection('connected');
    const kept = await page.evaluate(() => sessionStorage.getItem('airline-tokens'));
    expect(kept).toMatch(TOKEN);
    const { local, cookies, address } = await leftIn(page);
    expect(local).not.toMatch(TOKEN);
    expect(cookies).toBe('');
    expect(address).toBe(`${site.origin}/`);
    const urls = [...recording.requests, ...recording.sockets].map(({ url }) => url);
    expect(urls.filter((url) => TOKEN.test(url))).toEqual([]);
    const { origin } = new URL(
      present(
        urls.find((url) => url.includes('/.well-known/')),
        'request to the issuer',
      ),
    );
    expect(recording.foreignTo(site.origin).filter((url) => !url.startsWith(origin))).toEqual([]);
  });

  test('a response that nobody asked for signs nobody in', async () => {
    const { page } = await site.browser.newPage(DESKTOP);
    await page.goto(site.origin);
    const { signIn, issuer } = signInOn(page);
    await signIn.click();
    await issuer.waitFor();
    // The code of someone else, in the browser of someone who has begun to sign in.
    await page.goto(`${site.origin}/sign-in?code=stolen&state=other`);
    await page.getByText('Signing in did not work.').waitFor();
    expect(page.url()).toBe(`${site.origin}/sign-in`);
    await page.getByRole('link', { name: 'Go back' }).click();
    await signIn.waitFor();
    // Once more, and canceled at the issuer.
    await signIn.click();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.waitForURL(`${site.origin}/`);
    await signIn.waitFor();
  });

  test('all tabs of a browser have signed in and out together, and the issuer knows', async () => {
    const one = await enter('kim');
    const other = await one.page.context().newPage();
    await other.goto(`${site.origin}/playground`);
    await other.getByText('Signed in as kim').waitFor();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByText('Nobody has signed in', { exact: true }).waitFor();
    expect(new URL(other.url()).pathname).toBe('/playground');
    const { signIn, issuer, signInAs } = signInOn(one.page);
    await signIn.waitFor();
    expect(await one.region('Booking history').count()).toBe(0);
    // The issuer asks again who it is.
    await signIn.click();
    await issuer.waitFor();
    await one.page.goBack();
    await signInAs('clerk');
    await other.getByText('Signed in as clerk').waitFor();

    await one.page.getByText('clerk', { exact: true }).click();
    await one.button('Sign out').click();
    await other.getByText('Nobody has signed in', { exact: true }).waitFor();
    await signIn.waitFor();
  });

  test('is used by the keyboard alone, on a narrow screen, and has nothing that axe objects to', async () => {
    const { page } = await site.browser.newPage({ ...DESKTOP, viewport: { width: 320, height: 640 } });
    await page.goto(site.origin);
    const { signIn, issuer } = signInOn(page);
    await signIn.waitFor();
    await look(page);
    const focused = page.locator(':focus');
    const tabTo = (name: RegExp | string) =>
      until(`Tab leads to ${name}`, async () => {
        await page.keyboard.press('Tab');
        return await page.getByRole('button', { name }).or(page.getByLabel(name)).and(focused).isVisible();
      });
    await tabTo('Sign in');
    await page.keyboard.press('Enter');
    await issuer.waitFor();
    await look(page);
    await tabTo('Another customer');
    await page.keyboard.type('not a name');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look(page);
    await page.getByRole('button', { name: /^kim/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.origin}/`);
    const account = page.getByLabel('Signed in as kim');
    await account.waitFor();
    await until('Tab leads to the account', async () => {
      await page.keyboard.press('Tab');
      return await account.and(focused).isVisible();
    });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await look(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'hidden' });
    await account.and(focused).waitFor();
    await page.goto(`${site.origin}/playground`);
    await page.getByText('Signed in as kim').waitFor();
    expect(await objectionsOn(page, { within: '.account' })).toEqual([]);
  });
});

/** Without objections of axe, in light and in dark, and no wider than the screen. */
async function look(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await wear(page, colorScheme);
    const rules = colorScheme === 'light' ? undefined : OF_COLORS;
    expect(await objectionsOn(page, { rules }), colorScheme).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }
}
