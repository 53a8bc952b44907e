import { requires } from '@airline/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { DESKTOP, dashboardOn } from './dashboard-page.ts';
import { type Site, startSite } from './page.ts';
import { playgroundOn } from './playground.ts';

describe('where only trusted documents run', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ TRUSTED_DOCUMENTS: 'only' });
    return () => site[Symbol.asyncDispose]();
  });

  test('the dashboard works', async () => {
    const { page, recording } = await site.browser.newPage(DESKTOP);
    await page.goto(site.origin);
    const { isConnection, register, flights, book, bookings } = dashboardOn(page);
    await isConnection('connected');
    await register({ code: 'ACE890', departure: '2025-12-25', price: 200_000, seats: 5 });
    await expect.poll(flights, { timeout: 20_000 }).toEqual(['ACE890 · 5 of 5 seats left']);
    await book({ customer: '1', seats: 3, date: '2024-11-21' });
    await expect.poll(bookings, { timeout: 20_000 }).toEqual(['1 · 3 · Nov 21, 2024 · Succeeded']);
    expect(recording.errors).toEqual([]);
  });

  test("the playground's tabs run, and nothing else", async () => {
    const { page } = await site.browser.newPage();
    await page.goto(`${site.origin}/playground`);
    const { loaded, choose, press, shows } = playgroundOn(page);
    await loaded();
    await choose('RegisterFlight');
    await press();
    expect(await shows('the result')).toMatchObject({ registerFlight: { flight: { capacity: 5 } } });
    const response = await fetch(`${site.origin}/graphql?query={__typename}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(await response.text()).toContain('DOCUMENT_NOT_TRUSTED');
  });
});
