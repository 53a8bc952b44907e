import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from '@airline/service/server';
import { launchBrowser, type TestBrowser, tempFolder } from '@airline/testing';
import type { Page } from 'playwright-core';
import { startEmbedded } from '../system.ts';
import { bookHalfAnHour } from './screenshots-bookings.ts';
import { keepBeyond, operateShots } from './screenshots-operate.ts';
import { desktop, isAway, narrow, respondsWith, type Shot } from './screenshots-shot.ts';

const { positionals: wanted } = command({
  usage: `Usage: npm run screenshots [-- NAME…]
  Takes pictures of the pages in every state, in Chromium. A minute or two. NAME: only of those whose name begins so, such as
  operate.`,
  allowPositionals: true,
});

// Pictures of each page in each state, of a system that is filled for it; `npm run screenshots`.

const root = join(import.meta.dirname, '../../../..');
const into = join(root, '.cache/screenshots');

const PROMOTIONS = {
  'summer-event.txt': '[SUMMER EVENT] 50% DISCOUNT!',
  'jeju-mornings.txt': 'Seoul to Jeju before breakfast: every seat on LJ221 at 129,000 won until Sunday.',
};

const isThere = (page: Page) =>
  page
    .getByRole('img', { name: /seats left/ })
    .first()
    .waitFor();

const seats = (page: Page) => page.getByRole('img').nth(1).waitFor();
const listed = (page: Page) => page.locator('tbody tr').nth(1).waitFor();
const cleared = (page: Page) => page.getByRole('button', { name: 'Clear the search' }).waitFor();

/** One of the bookings with the longest histories. */
async function choose(page: Page): Promise<void> {
  await isThere(page);
  const paid = page.getByRole('row').filter({ hasText: 'Succeeded' }).first();
  await paid.getByRole('link', { name: /show history/ }).click();
  await page.getByText('Reservation succeeded').waitFor();
}

const shots: readonly Shot[] = [
  { name: 'dashboard', context: desktop, act: choose },
  { name: 'dashboard-whole', context: desktop, isWhole: true, act: choose },
  { name: 'dashboard-dark', context: { ...desktop, colorScheme: 'dark' }, act: choose },
  { name: 'dashboard-narrow', context: narrow, isWhole: true, act: choose },
  { name: 'dashboard-narrow-dark', context: { ...narrow, colorScheme: 'dark' }, act: choose },
  {
    name: 'dashboard-korean',
    context: { ...desktop, locale: 'ko-KR' },
    act: listed,
  },
  {
    name: 'dashboard-register',
    context: desktop,
    act: async (page) => {
      await isThere(page);
      await page.getByRole('button', { name: 'Register flight' }).click();
    },
  },
  {
    name: 'dashboard-cancel',
    context: { ...desktop, colorScheme: 'dark' },
    act: async (page) => {
      await isThere(page);
      await page
        .getByRole('button', { name: /^Cancel the booking/ })
        .first()
        .click();
    },
  },
  {
    name: 'dashboard-refused',
    context: desktop,
    act: async (page) => {
      await isThere(page);
      await page.getByRole('textbox', { name: 'Customer', exact: true }).fill('kim-minjun');
      // A flight with seats left.
      await page.getByRole('button', { name: 'Book KE703' }).click();
      await page.getByRole('textbox', { name: 'Seats', exact: true }).fill('0');
      await page.getByRole('button', { name: 'Book', exact: true }).click();
      await page.getByText('Enter a whole number from 1 to 1,000.').waitFor();
    },
  },
  { name: 'flights', context: desktop, path: 'flights?flights-by=departure&seats=10', act: isThere },
  { name: 'flights-korean', context: { ...narrow, locale: 'ko-KR' }, path: 'flights', act: seats },
  { name: 'flights-nothing', context: desktop, path: 'flights?code=ZZ&seats=2', act: cleared },
  {
    name: 'flight-edit',
    context: desktop,
    path: 'flights?code=ACE',
    act: async (page) => {
      await page.getByRole('link', { name: 'ACE890' }).click();
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByLabel('Price per seat').fill('250000');
    },
  },
  { name: 'bookings', context: desktop, path: 'bookings?status=PAYMENT_DECLINED', act: listed },
  { name: 'customers-korean', context: { ...desktop, locale: 'ko-KR' }, path: 'customers', act: listed },
  { name: 'customer', context: desktop, path: 'customers/kim-minjun', act: listed },
  { name: 'customer-narrow', context: narrow, path: 'customers/kim-minjun', isWhole: true, act: listed },
  {
    name: 'dashboard-loading',
    context: desktop,
    arrange: respondsWith('query ', undefined),
    act: (page) => page.getByText('Live', { exact: true }).waitFor(),
  },
  {
    name: 'dashboard-failed',
    context: desktop,
    arrange: respondsWith('query Flights', isAway),
    act: (page) => page.getByRole('alert').first().waitFor(),
  },
  { name: 'playground', context: desktop, path: 'playground', act: planned },
  {
    name: 'playground-dark',
    context: { ...desktop, colorScheme: 'dark' },
    path: 'playground?lang=ko',
    act: planned,
  },
  { name: 'playground-built', context: desktop, path: 'playground', act: built },
  { name: 'playground-narrow', context: narrow, path: 'playground?lang=ko', isWhole: true, act: planned },
];

/** GraphiQL has its editor when it shows the first line of an operation. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.operation .view-line').first().waitFor({ timeout: 60_000 });
}

/** An operation of several services has been executed. */
async function planned(page: Page): Promise<void> {
  await drawn(page);
  for (const name of ['RegisterFlight', 'SoldOut', 'AcrossServices']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await page.locator('button.run').click();
    await page.locator('.summary').getByText('200').waitFor();
    await page.locator('.plan li').first().waitFor();
  }
}

/** An operation is being put together. */
async function built(page: Page): Promise<void> {
  await drawn(page);
  await page.getByRole('button', { name: 'New tab' }).click();
  await page.getByRole('button', { name: 'Build' }).click();
  for (const field of [/^flights /, /^totalCount /, /^nodes /])
    await page.getByRole('checkbox', { name: field }).first().check();
}

const isWanted = (name: string) => wanted.length === 0 || wanted.some((start) => name.startsWith(start));

async function take(browser: TestBrowser, origin: string, shot: Shot): Promise<void> {
  if (!isWanted(shot.name)) return;
  const { page } = await browser.newPage(shot.context);
  await shot.arrange?.(page);
  await page.goto(`${origin}/${shot.path ?? ''}`);
  await shot.act?.(page);
  await save(page, shot.name, shot.isWhole);
  await page.context().close();
}

async function save(page: Page, name: string, isWhole = false): Promise<void> {
  const path = join(into, `${name}.png`);
  // What moves is taken as it comes to rest.
  await page.screenshot({ path, fullPage: isWhole, animations: 'disabled' });
  console.log(path);
}

await mkdir(into, { recursive: true });
await using folder = await tempFolder();
const clockFile = join(folder.path, 'clock');
await using system = await startEmbedded({
  PAYMENT_DELAY_MS: '40',
  PAYMENT_DECLINE_ABOVE: '4500000',
  PROMOTIONS_DIR: join(folder.path, 'promotions'),
  NODE_OPTIONS: `--import=${join(root, 'infra/system/e2e/chaos/clock.preload.ts')}`,
  CHAOS_CLOCK_FILE: clockFile,
});
const { origin } = new URL(system.url);
await using browser = await launchBrowser();

await take(browser, origin, {
  name: 'dashboard-empty',
  context: desktop,
  act: (page) => page.getByText('No customers yet').waitFor(),
});
await mkdir(join(folder.path, 'promotions'), { recursive: true });
for (const [name, text] of Object.entries(PROMOTIONS))
  await writeFile(join(folder.path, 'promotions', name), text);
await bookHalfAnHour(system.url, clockFile);
for (const shot of shots) await take(browser, origin, shot);

keepBeyond(system.folder);
for (const shot of operateShots) await take(browser, origin, shot);

if (isWanted('dashboard-disconnected')) {
  const { page } = await browser.newPage(desktop);
  await page.goto(origin);
  await choose(page);
  await system.processes.system?.kill();
  await page.getByText(/Reconnecting, attempt/).waitFor();
  await save(page, 'dashboard-disconnected');
}
