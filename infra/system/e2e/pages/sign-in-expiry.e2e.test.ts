import { requires, until } from '@airline/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Site, startSite } from './page.ts';
import { playgroundOn } from './playground.ts';
import { signInOn } from './sign-in-page.ts';

/** Tokens are renewed a quarter of that before they expire: longer than anything takes on a busy machine. */
const TOKEN_SECONDS = 16;
/** Some lives of a token. */
const SOON = { timeout: 5 * TOKEN_SECONDS * 1000 };
/** How often the dashboard pings; it waits for half as long for a pong. */
const PING_MS = 10_000;
const ACE890 = { code: 'ACE890', departure: '2027-12-25', price: 200_000, seats: 50 };

/** Keeps each state of its connection that the dashboard has shown. */
const RECORD_STATES = `
  globalThis.states = [];
  new MutationObserver(() => {
    const state = document.querySelector('[role=status][data-state]')?.dataset.state;
    if (state && state !== states.at(-1)) states.push(state);
  }).observe(document, { subtree: true, childList: true, attributes: true });
`;

describe('when tokens expire', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ ISSUER_TOKEN_SECONDS: String(TOKEN_SECONDS) }, ['--login']);
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  async function enter(name: string) {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.addInitScript(RECORD_STATES);
    await page.goto(site.origin);
    await signInOn(page).signInAs(name);
    const asked = (what: RegExp) => recording.requests.filter(({ url }) => what.test(url)).length;
    return { ...dashboardOn(page), recording, renewals: () => asked(/\/token$/) - 1, asked };
  }

  test('they are renewed silently, and nobody who looks at the pages notices', async () => {
    const clerk = await enter('clerk');
    await clerk.isConnection('connected');
    await clerk.register(ACE890);
    await clerk.book({ customer: 'kim', seats: 1 });
    await expect.poll(clerk.bookings, SOON).toEqual([expect.stringMatching(/^kim · 1 · .* · Succeeded$/)]);
    const kim = await enter('kim');
    await kim.page.goto(`${site.origin}/playground`);
    const playground = playgroundOn(kim.page);
    await playground.loaded();
    await playground.choose('Watch');
    await playground.press();
    await until('the playground has subscribed', () => kim.recording.sockets.length > 1);
    await clerk.form.getByLabel('Customer').fill('somebody');
    const loaded = clerk.asked(/\/assets\//);

    // Each token ends the connection that was opened with it.
    const sessions = [clerk, kim].map((session) => ({
      ...session,
      before: session.recording.sockets.length,
    }));
    await until(
      'both have connected twice with a new token',
      () => sessions.every(({ recording, before }) => recording.sockets.length >= before + 2),
      SOON.timeout,
    );
    for (const { renewals } of sessions) expect(renewals()).toBeGreaterThanOrEqual(2);
    expect(await clerk.page.evaluate('states')).toEqual(['connecting', 'connected']);
    expect(await clerk.form.getByLabel('Customer').inputValue()).toBe('somebody');
    expect(clerk.asked(/\/assets\//)).toBe(loaded);

    await clerk.book({ customer: 'kim', seats: 2 });
    await expect.poll(async () => (await clerk.bookings())[0], SOON).toMatch(/^kim · 2 · .* · Succeeded$/);
    await playground.shows(
      'the booking',
      ({ customerInfoUpdated }) => Object(customerInfoUpdated).flightCount === 2,
    );
    const tokens = clerk.recording.sockets.map(
      ({ sent }) => /"authorization":"Bearer ([^"]+)"/.exec(sent[0] ?? '')?.[1],
    );
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const { recording } of sessions) expect(recording.errors).toEqual([]);
  });

  test('what a connection still owed when its token ended is not asked of the next one', async () => {
    const { page } = await site.browser.newPage(DESKTOP);
    await page.addInitScript(RECORD_STATES);
    await page.clock.install();
    let pings = 0;
    let connected = 0;
    await page.routeWebSocket(/\/graphql$/, (socket) => {
      const router = socket.connectToServer();
      router.onMessage((message) => {
        if (String(message).includes('"type":"connection_ack"')) connected += 1;
        socket.send(message);
      });
      socket.onMessage((message) => {
        const isPing = String(message).includes('"type":"ping"');
        if (isPing) pings += 1;
        if (isPing && pings === 1) socket.close({ code: 4403, reason: 'The token expired' });
        else router.send(message);
      });
    });
    await page.goto(site.origin);
    await signInOn(page).signInAs('kim');
    await dashboardOn(page).isConnection('connected');
    const before = connected;

    await page.clock.runFor(PING_MS);
    await until('it has connected again', () => connected > before);
    await page.clock.runFor(PING_MS);
    await until('it has pinged or connected again', () => pings > 1 || connected > before + 1);
    expect(connected).toBe(before + 1);
    expect(await page.evaluate('states')).toEqual(['connecting', 'connected']);
  });

  test('one that the issuer does not renew leaves all as it is, until someone has signed in again', async () => {
    const clerk = await enter('clerk');
    const { page } = clerk;
    await clerk.register({ ...ACE890, code: 'AGAIN' });
    await clerk.button('Book AGAIN').click();
    await clerk.form.getByLabel('Customer').fill('lee');
    await clerk.form.getByLabel('Seats').fill('7');
    const refusal = {
      status: 400,
      json: { error: 'invalid_grant' },
      headers: { 'access-control-allow-origin': site.origin },
    };
    await page.context().route('**/token', (route) => route.fulfill(refusal));
    const other = await page.context().newPage();
    await other.goto(`${site.origin}/playground`);
    await page.getByText('Your sign-in has ended. What you have typed stays.').waitFor(SOON);
    await other.getByText('Your sign-in has ended. What you have typed stays.').waitFor(SOON);
    expect(await clerk.flights()).toContain('AGAIN · 50 of 50 seats left');
    await page.context().unroute('**/token');

    // The issuer still knows who it is.
    await clerk.button('Sign in again').click();
    await page.locator('summary', { hasText: 'clerk' }).waitFor();
    await page.getByText('Your sign-in has ended.').waitFor({ state: 'hidden' });
    await other.getByText('Signed in as clerk').waitFor();
    expect(await clerk.form.getByLabel('Customer').inputValue()).toBe('lee');
    expect(await clerk.form.getByLabel('Seats').inputValue()).toBe('7');
    await clerk.submit();
    await expect.poll(async () => (await clerk.bookings())[0], SOON).toMatch(/^lee · 7 · .* · Succeeded$/);
  });
});
