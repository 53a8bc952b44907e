import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { launchBrowser, requires, type TestBrowser } from '@airline/testing';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { leaveInOutbox, newerEvent } from '../newer-events.ts';
import { buildOwnPages, type SystemOnRedis, startOnRedis } from '../system.ts';
import { DESKTOP } from './dashboard-page.ts';
import { OF_COLORS, objectionsOn } from './objections.ts';
import { type Colors, type Site, startSite, wear } from './page.ts';
import { signInOn } from './sign-in-page.ts';

const SOON = { timeout: 30_000 };
const TRACE_URL = 'https://traces.example/trace/{traceId}?from=operate';

/** The operators' page as a person uses it, in English. */
function operateOn(page: Page) {
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const card = (service: string) =>
    region('Services')
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: service }) });
  return { region, card, log: page.getByRole('log') };
}

/** Without objections of axe, and no wider than the screen, however it is looked at. */
async function look(page: Page, colors: readonly Colors[] = ['light', 'dark']): Promise<void> {
  for (const width of [320, 768, 1920]) {
    for (const worn of colors) {
      await page.setViewportSize({ width, height: 900 });
      await wear(page, worn);
      const rules = worn === colors[0] ? undefined : OF_COLORS;
      expect(await objectionsOn(page, { rules }), `${worn}, ${width} px`).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  }
}

describe('the operators’ page', requires('chromium', 'redis-server').options, () => {
  let system: SystemOnRedis;
  let browser: TestBrowser;
  let origin = '';

  beforeAll(async () => {
    await buildOwnPages();
    await using starting = new AsyncDisposableStack();
    system = starting.use(await startOnRedis({ TRACE_URL }));
    browser = starting.use(await launchBrowser());
    origin = new URL(system.url).origin;
    const running = starting.move();
    return () => running.disposeAsync();
  });
  afterEach(() => browser.closePages());

  async function open(search = '') {
    const { page, recording } = await browser.newPage(DESKTOP);
    await page.goto(`${origin}/operate${search}`);
    return { page, recording, ...operateOn(page) };
  }

  test('shows each service and the graph; one that is killed shows as away, and is back after it', async () => {
    const { page, recording, card, region } = await open();
    for (const service of services) {
      await card(service).getByText('Ready', { exact: true }).waitFor(SOON);
      expect(await card(service).getByRole('table').textContent()).toMatch(/Stream.*Lag.*Pending/);
      expect(await card(service).textContent()).toMatch(/Replicas: 1.* · responds/);
    }
    await expect.poll(() => region('Router and graph').textContent(), SOON).toMatch(/payment0\.1\.0/);
    await look(page);
    expect(recording.errors).toEqual([]);

    await system.processes.payment?.kill();
    await card('payment').getByText('Away', { exact: true }).waitFor(SOON);
    expect(await card('payment').textContent()).toMatch(/Last response at \d/);
    expect(await card('flight').textContent()).toContain('Ready');
    // What is not known is not said to be well.
    const letters = region('Dead letters');
    await letters.getByText('Not known at present of: payment').waitFor(SOON);
    expect(await letters.textContent()).not.toContain('Every event was handled');
    await expect.poll(() => region('Router and graph').textContent(), SOON).toMatch(/payment—/);
    await look(page);
    await system.restart('payment');
    await card('payment').getByText('Ready', { exact: true }).waitFor(SOON);
    await letters.getByText('Every event was handled').waitFor(SOON);
  });

  test('finds a saga by its reference, with its steps, from a link, and tells of none', async () => {
    const traceId = 'a'.repeat(32);
    const booking = bookingAt(system.url, { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` });
    const reserveDate = '2025-12-01';
    const flightId = await booking.registerFlight(5);
    await booking.place({ customerId: 'kim', flightId, seatQty: 2, reserveDate });
    await booking.place({ customerId: 'lee', flightId, seatQty: 1, reserveDate });
    const { page, region, recording } = await open('?lang=en');
    const sagas = region('Sagas')
      .getByRole('listitem')
      .filter({ has: page.locator('summary') });
    await expect.poll(() => sagas.count(), SOON).toBe(2);

    const shown = String(await sagas.filter({ hasText: 'kim' }).locator('code').first().textContent());
    expect(shown).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await page.getByLabel('Reference').fill(shown.toLowerCase());
    await page.getByLabel('Reference').press('Enter');
    await expect.poll(() => sagas.allInnerTexts(), SOON).toEqual([expect.stringContaining('kim')]);
    await sagas.locator('summary').click();
    await expect
      .poll(
        () =>
          region('Sagas')
            .getByRole('list', { name: `Steps of ${shown}` })
            .textContent(),
        SOON,
      )
      .toMatch(
        /Reservation placed ReservationPlaced Reservation · 2 seats[\s\S]*Paid Paid Payment · ₩[\s\S]*Reservation succeeded/,
      );
    const trace = region('Sagas')
      .getByRole('listitem')
      .filter({ hasText: 'ReservationPlaced' })
      .getByRole('link');
    expect(await trace.last().textContent()).toBe('Trace aaaaaaaa');
    expect(await trace.last().getAttribute('href')).toBe(TRACE_URL.replace('{traceId}', traceId));
    expect(page.url()).toContain(`reference=${shown.toLowerCase()}`);
    await look(page);

    const linked = await open(new URL(page.url()).search);
    await linked.region('Sagas').getByText(shown).waitFor(SOON);
    await linked.page.getByLabel('Customer').fill('lee');
    await linked.page.getByRole('button', { name: 'Find' }).click();
    await linked.region('Sagas').getByText('No reservation fits').waitFor(SOON);
    expect([...recording.errors, ...linked.recording.errors]).toEqual([]);
  });

  test('shows a dead letter with its event and error; it is replayed, and another dropped with a reason', async () => {
    const flightId = await bookingAt(system.url).registerFlight(5);
    const event = (nth: number) =>
      newerEvent(nth, {
        reservationId: `r${nth}`,
        customerId: 'c1',
        flightId,
        seatQty: 2,
        reserveDate: '2024-11-21',
      });
    const [cured, dropped] = [event(1), event(2)];
    leaveInOutbox(system.folder, [cured, dropped]);

    const { page, recording, region, log } = await open();
    const flight = page.getByRole('region', { name: 'Dead letters of flight' });
    await flight.getByText(cured.id).waitFor(SOON);
    const one = flight.getByRole('listitem').filter({ hasText: cured.id });
    expect(await one.textContent()).toContain('Unknown version');
    await one.getByText('Event', { exact: true }).click();
    await expect
      .poll(() => one.getByRole('textbox', { name: 'Event' }).inputValue(), SOON)
      .toContain('"subject": "r1"');
    await look(page);
    await page.setViewportSize(DESKTOP.viewport);

    const flights = new Database(join(system.folder, 'flight.sqlite'));
    const readable = JSON.stringify({ ...cured, dataschema: '/airline/events/ReservationPlaced/1' });
    flights.prepare('update dead_letter set event = ? where id = ?').run(readable, cured.id);
    flights.close();
    await one.getByRole('button', { name: 'Replay', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => one.getByRole('button', { name: 'Replay' }).evaluate(isFocused), SOON).toBe(true);
    await one.getByRole('button', { name: 'Replay', exact: true }).press('Enter');
    await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
    await expect.poll(() => log.textContent(), SOON).toBe('Replay of 1 event requested.');
    await expect.poll(() => one.count(), SOON).toBe(0);
    await expect.poll(() => bookingAt(system.url).remainingSeats(flightId), SOON).toBe(3);

    const other = flight.getByRole('listitem').filter({ hasText: dropped.id });
    await other.getByRole('button', { name: 'Drop' }).click();
    await dialog.getByRole('button', { name: 'Drop' }).click();
    // Not without a reason, which is said at its field.
    const reason = dialog.getByLabel(/^Reason/);
    await expect.poll(() => reason.getAttribute('aria-invalid'), SOON).toBe('true');
    await dialog.getByText('Enter a reason: it is required').waitFor();
    await expect.poll(() => reason.evaluate(isFocused), SOON).toBe(true);
    await reason.fill('a test of a newer release');
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (/^\s*mutation/.test(route.request().postDataJSON().query)) await held.promise;
      await route.fallback();
    });
    await dialog.getByRole('button', { name: 'Drop' }).click();
    // It is there until what comes of it is known.
    for (const _ of [1, 2]) await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Cancel' }).click({ force: true });
    expect(await dialog.count()).toBe(1);
    held.resolve();
    await expect.poll(() => log.textContent(), SOON).toBe('1 event dropped.');
    await expect.poll(() => other.count(), SOON).toBe(0);
    const heading = region('Dead letters').getByRole('heading', { name: 'Dead letters', exact: true });
    await expect.poll(() => heading.evaluate(isFocused), SOON).toBe(true);
    expect(recording.errors).toEqual([]);
  });

  test('says the same in Korean, and in forced colors', async () => {
    const { page, region } = await open('?lang=ko');
    await region('서비스').getByText('정상').first().waitFor(SOON);
    const saga = region('사가').locator('details').first();
    await saga.locator('summary').click();
    await expect
      .poll(() => saga.textContent(), SOON)
      .toMatch(/\d석[\s\S]*예약 접수 ReservationPlaced 예약 · \d석[\s\S]*예약 확정/);
    await look(page, ['forced']);
  });

  test('is of this origin alone, and takes less than 200 KB of script', async () => {
    const { recording, card } = await open();
    await card('flight').getByText('Ready', { exact: true }).waitFor(SOON);
    const scripts = recording.requests.filter(({ type }) => type === 'script').map(({ url }) => url);
    const sizes = scripts.map(async (url) => {
      const { headers } = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
      return Number(headers.get('content-length'));
    });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(200_000);
    expect(recording.foreignTo(origin)).toEqual([]);
    expect(recording.errors).toEqual([]);
  });
});

const isFocused = (element: unknown) => element === Object(globalThis).document.activeElement;

describe('where people sign in, the operators’ page', requires('chromium').options, () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({}, ['--login']);
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  async function enter(name: string) {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.goto(`${site.origin}/operate`);
    await page.getByText('Sign in as an operator').waitFor();
    expect(recording.requests.filter(({ url }) => url.endsWith('/graphql'))).toEqual([]);
    await signInOn(page).signInAs(name);
    return { page, recording, ...operateOn(page) };
  }

  test('is an operator’s, who comes to it from the desk', async () => {
    const { page, card } = await enter('operator');
    await card('flight').getByText('Ready', { exact: true }).waitFor(SOON);
    await page.goto(site.origin);
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.waitForURL(`${site.origin}/operate`);
    await card('flight').getByText('Ready', { exact: true }).waitFor(SOON);
  });

  test('is refused to a clerk, who is not led to it and gets nothing of it', async () => {
    const { page, recording, region } = await enter('clerk');
    await page.getByText('This page is for operators.').waitFor(SOON);
    expect(await region('Services').count()).toBe(0);
    expect(recording.requests.filter(({ url }) => url.endsWith('/graphql'))).toEqual([]);
    await page.goto(site.origin);
    await page.getByRole('link', { name: 'Playground' }).waitFor();
    expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0);
  });
});
