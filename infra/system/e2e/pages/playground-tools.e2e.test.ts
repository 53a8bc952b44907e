import { execFileSync } from 'node:child_process';
import { startNodeProcess } from '@airline/local/process';
import { freePort, requires, until } from '@airline/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { OF_COLORS, objectionsOn } from './objections.ts';
import { type Site, SOON, startSite } from './page.ts';
import { playgroundOn } from './playground.ts';

const NARROW = { viewport: { width: 375, height: 812 } };

describe('the playground', requires('chromium').options, () => {
  let site: Site;
  let flightId: string;

  beforeAll(async () => {
    site = await startSite();
    flightId = await bookingAt(site.system.url).registerFlight(7);
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  async function open(path = '/playground', options: BrowserContextOptions = {}) {
    const { page, recording } = await site.browser.newPage(options);
    await page.goto(new URL(path, site.origin).href);
    const playground = playgroundOn(page);
    await playground.loaded();
    return { page, recording, ...playground };
  }

  const addressOf = (query: string, variables?: object) =>
    `/playground?${new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) })}`;

  test('an operation is put together by clicks alone', async () => {
    const { page, recording, panel, press, shows, textOf } = await open();
    await page.getByRole('button', { name: 'New tab' }).click();
    const build = await panel('Build');
    const field = (name: RegExp) => build.getByRole('checkbox', { name }).first();
    await field(/^flights /).check();
    const contains = (text: string) =>
      until(`the operation has ${text}`, async () => (await textOf('operation.graphql')).includes(text));
    await contains('flights {');
    await build
      .getByRole('group', { name: 'Arguments of flights' })
      .getByRole('checkbox', { name: /^first / })
      .check();
    await contains('$first: Int');
    await field(/^totalCount /).check();
    await field(/^nodes /).check();
    await field(/^flightCode /).check();
    await contains('flightCode');
    await expect.poll(async () => JSON.parse(await textOf('variables.json')), SOON).toEqual({ first: 0 });
    await press();
    expect(await shows('flights')).toMatchObject({ flights: { nodes: [] } });
    await field(/^flights /).uncheck();
    await until('nothing is left', async () => (await textOf('operation.graphql')).trim() === '');

    // A field of another kind would not fit into what is there.
    await field(/^promotions /).check();
    await contains('promotions');
    const tabs = await page.locator('.tabs').getByRole('tab').count();
    await build.locator('summary', { hasText: 'Mutations' }).click();
    await field(/^registerFlight /).check();
    await contains('$input: RegisterFlightInput!');
    await expect.poll(() => page.locator('.tabs').getByRole('tab').count(), SOON).toBe(tabs + 1);
    await expect
      .poll(async () => JSON.parse(await textOf('variables.json')).input, SOON)
      .toMatchObject({ flightCode: '' });
    expect(recording.errors).toEqual([]);
  });

  test('a link opens an operation with its variables, and is made of one', async () => {
    const query = 'query Linked($id: ID!) { flight(id: $id) { remainingSeatsCount } }';
    const permissions = ['clipboard-read', 'clipboard-write'];
    const { page, press, shows, textOf } = await open(addressOf(query, { id: flightId }), { permissions });
    await page.getByRole('tab', { name: 'Linked', selected: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await textOf('operation.graphql')).toBe(query);
    await press();
    expect(await shows('the flight')).toEqual({ flight: { remainingSeatsCount: 7 } });

    const copied = async (button: string) => {
      await page.getByRole('button', { name: button }).click();
      await page.getByText('Copied.').waitFor();
      return await page.evaluate('navigator.clipboard.readText()').then(String);
    };
    const again = await open(await copied('Copy link'));
    await again.page.getByRole('tab', { name: 'Linked', selected: true }).waitFor();
    expect(JSON.parse(await again.textOf('variables.json'))).toEqual({ id: flightId });

    // The same operation has one tab, however often it is opened, laid out and loaded again.
    const tabs = page.locator('.tabs').getByRole('tab', { name: 'Linked' });
    for (const text of [query, query.replaceAll(' {', '\n{')]) {
      await page.goto(new URL(addressOf(text, { id: flightId }), site.origin).href);
      await page.getByRole('tab', { name: 'Linked', selected: true }).waitFor();
      expect(await tabs.count()).toBe(1);
    }
    const count = await page.locator('.tabs').getByRole('tab').count();
    await page.reload();
    await page.getByRole('tab', { name: 'Linked', selected: true }).waitFor();
    expect(await page.locator('.tabs').getByRole('tab').count()).toBe(count);

    const command = await copied('Copy as cURL');
    const output = execFileSync('sh', ['-c', command.replace('curl ', 'curl -sS ')], { encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual({ data: { flight: { remainingSeatsCount: 7 } } });
  });

  test('what was run is listed, what is saved stays, and names stand for values', async () => {
    const { page, panel, press, shows, showsText, textOf, loaded } = await open(
      addressOf('query Named($id: ID!) { flight(id: $id) { capacity } }', { id: '{{MY_FLIGHT}}' }),
    );
    await press();
    await showsText('There is no MY_FLIGHT in the environment');
    const environment = await panel('Environment');
    await environment.getByLabel('Name').fill('MY_FLIGHT');
    await environment.getByLabel('Value').fill(flightId);
    await environment.getByRole('button', { name: 'Add' }).click();
    await press();
    expect(await shows('the flight')).toEqual({ flight: { capacity: 7 } });

    const collections = await panel('Collections');
    await collections.getByLabel('Name').fill('Of my flight');
    await collections.getByLabel('Collection').fill('Flights');
    await collections.getByRole('button', { name: 'Save this operation' }).click();

    // All of it is there again after a reload, and opens what it was.
    await page.reload();
    await loaded();
    await page.getByRole('button', { name: 'Close Named' }).click();
    await (await panel('Collections')).getByRole('button', { name: 'Of my flight', exact: true }).click();
    await page.getByRole('tab', { name: 'Named', selected: true }).waitFor();
    expect(JSON.parse(await textOf('variables.json'))).toEqual({ id: '{{MY_FLIGHT}}' });
    await page.getByRole('button', { name: 'Close Named' }).click();
    const history = await panel('History');
    await history.getByRole('button', { name: /^Named/ }).click();
    await page.getByRole('tab', { name: 'Named', selected: true }).waitFor();
    await press();
    expect(await shows('the flight again')).toEqual({ flight: { capacity: 7 } });
    await history.getByRole('button', { name: 'Clear' }).click();
    await history.getByText('What you run is listed here').waitFor();
  });

  test('a response shows its status, time, size, headers and plan', async () => {
    const query = 'query Planned($id: ID!) { flight(id: $id) { id reservations(first: 1) { totalCount } } }';
    const { page, press, shows, detail, choose, textOf } = await open(addressOf(query, { id: flightId }));
    await press();
    const shown = await shows('the flight');
    const summary = page.locator('.summary');
    await summary.getByText(/^200$/).waitFor();
    expect(await summary.textContent()).toMatch(/Time\s*[\d.,]+ ms\s*Size\s*[\d.,]+ k?B/);
    const fetches = page.locator('.plan summary');
    await fetches.nth(1).waitFor();
    const texts = await fetches.allInnerTexts();
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(/^flight [\d.]+ ms from [\d.]+ ms/);
    expect(texts[1]).toMatch(/^reservation at flight [\d.]+ ms from [\d.]+ ms/);
    await fetches.nth(1).click();
    await page.locator('.plan pre').getByText('_entities').waitFor();
    await (await detail(/^Headers/)).getByText('x-request-id').waitFor();

    // Another tab has its own; a response that comes when it was left is shown in the tab that it is of.
    await detail(/^Plan/);
    await choose('Promotions');
    await until('the other tab has none', async () => (await textOf('response.json')) === '');
    await expect.poll(() => fetches.count(), SOON).toBe(0);
    const response = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      await response.promise;
      await route.continue();
    });
    await press();
    await choose('Planned');
    expect(await shows('the flight again')).toEqual(shown);
    await expect.poll(() => fetches.allInnerTexts(), SOON).toEqual(texts);
    const responded = page.waitForResponse('**/graphql');
    response.resolve();
    await responded;
    await choose('Promotions');
    expect(await shows('what came late')).toEqual({ promotions: [] });
    await fetches.first().waitFor();
    await page.unroute('**/graphql');
    await choose('Planned');
    expect(await shows('the flight once more')).toEqual(shown);

    await page.getByRole('checkbox', { name: 'Ask for plans' }).uncheck();
    await press();
    await page.getByText('There is no plan').waitFor();
  });

  test('a plan leads to its trace, where there is a place for traces', async () => {
    const port = await freePort();
    const env = {
      ROUTER_PORT: String(port),
      LOG_LEVEL: 'fatal',
      TRACE_URL: 'https://traces.example/trace/{traceId}?from=playground',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    };
    const router = await startNodeProcess('router/src/main.ts', env, /\/graphql/);
    try {
      const { page, press, shows } = await open(`http://127.0.0.1:${port}${addressOf('{ __typename }')}`);
      await press();
      await shows('a result');
      const link = page.getByRole('link', { name: /^Trace / });
      expect(await link.getAttribute('href')).toMatch(
        /^https:\/\/traces\.example\/trace\/[0-9a-f]{32}\?from=playground$/,
      );
      await page.getByText('No subgraph was asked for anything.').waitFor();
    } finally {
      await router.stop();
    }
  });

  test('is there before its editor, leads back to the dashboard, and speaks Korean', async () => {
    const { page } = await site.browser.newPage({ locale: 'en-US' });
    await page.route('**/workbench-*.js', () => {});
    await page.goto(`${site.origin}/playground?lang=ko`);
    await page.getByText('편집기를 불러오는 중입니다.').waitFor();
    const scripts: number = await page.evaluate(
      'performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js")).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)',
    );
    expect(scripts).toBeLessThan(200_000);
    await page.unroute('**/workbench-*.js');
    await page.reload();
    const { loaded, press, showsText, choose } = playgroundOn(page);
    await loaded();
    expect(await page.evaluate('document.documentElement.lang')).toBe('ko');
    for (const name of ['만들기', '스키마', '모음', '기록', '환경'])
      await page.getByRole('navigation').getByRole('button', { name, exact: true }).waitFor();
    await page.getByText('탭을 왼쪽부터 차례로 실행하세요.').waitFor();
    await choose('Cancel');
    await press();
    await showsText('아직 LATEST_RESERVATION 값이 없습니다.');
    await page.getByText('English').click();
    await expect.poll(() => new URL(page.url()).searchParams.get('lang'), SOON).toBe('en');
    await page.getByRole('button', { name: 'Run' }).waitFor();
    await page.getByText('한국어').click();
    await page.getByRole('link', { name: '대시보드' }).click();
    await page.waitForURL(`${site.origin}/?lang=ko`);
  });

  test('tabs are gone through, opened and closed by keyboard', async () => {
    const { page, textOf } = await open();
    await page.getByRole('tab', { name: 'RegisterFlight' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'SoldOut', selected: true }).waitFor();
    await expect.poll(() => textOf('operation.graphql'), SOON).toContain('mutation SoldOut');
    await expect.poll(() => textOf('variables.json'), SOON).toContain('{{LATEST_FLIGHT}}');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: 'Watch', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Close Watch' }).press('Enter');
    await page.getByRole('tab', { name: 'Deferred', selected: true }).waitFor();
  });

  test('fits into 375 px, and has nothing that axe objects to, however it is looked at', async () => {
    const { page, recording, press, shows } = await open('/playground?lang=en', NARROW);
    await press();
    await shows('the flight');
    const check = async (state: string, rules?: readonly string[]) => {
      expect({ state, objections: await objectionsOn(page, { rules }) }).toEqual({ state, objections: [] });
      expect({ state, wide: await widthOf(page) }).toEqual({ state, wide: 0 });
    };
    for (const panel of ['Build', 'Schema', 'Collections', 'History', 'Environment']) {
      await page.getByRole('navigation').getByRole('button', { name: panel, exact: true }).click();
      await check(panel);
    }
    for (const options of [
      { colorScheme: 'dark', width: 375 },
      { colorScheme: 'dark', width: 1440 },
      { colorScheme: 'light', width: 1440 },
      { colorScheme: 'light', width: 320 },
    ] as const) {
      await page.emulateMedia({ colorScheme: options.colorScheme });
      await page.locator(`body.graphiql-${options.colorScheme}`).waitFor();
      await page.setViewportSize({ width: options.width, height: 812 });
      // Each width is looked at in light, too.
      await check(JSON.stringify(options), options.colorScheme === 'dark' ? OF_COLORS : undefined);
    }
    for (const name of [/^Headers/, /^Parts/, /^Plan/]) {
      await page.locator('.response').getByRole('tab', { name }).click();
      await check(String(name));
    }
    expect(recording.errors).toEqual([]);
  });
});

/** How far the page is wider than its window. */
const widthOf = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');
