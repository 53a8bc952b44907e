import { codeOf, customerOf, writeRows } from '@airline/e2e/pages/dashboard-rows';
import { type Site, startSite } from '@airline/e2e/pages/page';
import { command } from '@airline/service/server';
import { request, until } from '@airline/testing';
import { median, percentiles, runConcurrently } from './measure.ts';
import { figure, formatColumns } from './text-table.ts';

// When a page is of use, on a large system: `npm run bench:pages -- --rounds 5`.

const { values } = command({
  usage: `Usage: npm run bench:pages [-- --rounds N] [--flights N] [--bookings N] [--customers N]
  How soon pages show their first rows in Chromium with nothing cached, and how soon the graph answers searches. A minute.`,
  numbers: { rounds: [1], flights: [1], bookings: [1], customers: [1] },
  options: {
    rounds: { type: 'string', default: '5' },
    flights: { type: 'string', default: '5000' },
    bookings: { type: 'string', default: '50000' },
    customers: { type: 'string', default: '2000' },
  },
});
const amount = {
  flights: Number(values.flights),
  bookings: Number(values.bookings),
  customers: Number(values.customers),
};

/** What each page is of use with. The first one has no script: the browser's and the router's share. */
const PAGES = [
  ['/no-such-page', 'body'],
  ['/', '#bookings tbody tr'],
  ['/flights', '#flights li'],
  ['/bookings', '#bookings tbody tr'],
  ['/customers', '#customers tbody tr'],
  ['/operate', 'main tbody tr'],
] as const;

const code = codeOf(7).slice(0, 4);
/** The first does nothing: the share of the connection and the router. */
const SEARCHES = {
  nothing: '{ __typename }',
  'flights by code': `{ flights(first: 50, filter: { flightCodePrefix: "${code}" }) { totalCount nodes { id flightCode } } }`,
  'flights by free seats':
    '{ flights(first: 50, filter: { minRemainingSeats: 100 }, order: COST) { totalCount nodes { id } } }',
  'bookings by customer': `{ reservations(first: 50, filter: { customerId: "${customerOf(7)}" }) { totalCount nodes { id flight { flightCode } } } }`,
  'bookings by status':
    '{ reservations(first: 50, filter: { status: CANCELED }) { totalCount nodes { id } } }',
  'customers by name':
    '{ customerInfos(first: 50, filter: { customerIdPrefix: "customer-19" }) { totalCount nodes { customerId } } }',
};

interface Visit {
  readonly paintMs: number;
  readonly usefulMs: number;
  readonly scriptKb: number;
  readonly largestKb: number;
}

/** Notes when the first element of a page is drawn that is of use: the frame after the one in which it came. */
const watch = (selector: string) => `
  globalThis.usefulAt = undefined;
  new MutationObserver((_, observer) => {
    if (!document.querySelector(${JSON.stringify(selector)})) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.usefulAt = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });`;

const FIGURES = `(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  if (!globalThis.usefulAt || !paint) return;
  const sizes = (ending) => performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith(ending))
    .map(({ transferSize }) => transferSize / 1024);
  return {
    paintMs: paint.startTime,
    usefulMs: globalThis.usefulAt,
    scriptKb: sizes('.js').reduce((sum, size) => sum + size, 0),
    largestKb: Math.max(0, ...sizes('/graphql')),
  };
})()`;

/** In a browser profile of its own, so that nothing is cached. */
async function visit({ browser, origin }: Site, path: string, selector: string): Promise<Visit> {
  const { page } = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watch(selector));
  await page.goto(origin + path);
  // Not `waitForFunction`, which the pages' content security policy refuses.
  const seen = await until(`${path} shows ${selector}`, () => page.evaluate<Visit | undefined>(FIGURES));
  await page.context().close();
  return seen;
}

await using site = await startSite();
writeRows(site.system.folder, amount);
const visits = new Map(PAGES.map(([path]) => [path, [] as Visit[]]));
const waits = new Map(Object.keys(SEARCHES).map((name) => [name, [] as number[]]));
for (let round = 1; round <= Number(values.rounds); round += 1) {
  for (const [path, selector] of PAGES) visits.get(path)?.push(await visit(site, path, selector));
  for (const [name, query] of Object.entries(SEARCHES)) {
    waits.get(name)?.push(...(await runConcurrently(20, 1, () => request(site.system.url, query))));
  }
  process.stderr.write(`Round ${round} of ${values.rounds}\n`);
}

const isText = (column: number) => column === 0;
const of = (seen: readonly Visit[], name: keyof Visit, summarize: (values: number[]) => number = median) =>
  figure(summarize(seen.map((one) => one[name])), 0);
const most = (values: number[]) => Math.max(...values);
process.stdout.write(
  `${formatColumns(
    ['page', 'painted ms', 'first rows ms', 'most ms', 'scripts KB', 'largest response KB'],
    [...visits].map(([path, seen]) => [
      path,
      of(seen, 'paintMs'),
      of(seen, 'usefulMs'),
      of(seen, 'usefulMs', most),
      of(seen, 'scriptKb'),
      of(seen, 'largestKb', most),
    ]),
    isText,
  )}\n\n${formatColumns(
    ['search', 'p50 ms', 'p99 ms'],
    [...waits].map(([name, samples]) => {
      const { p50, p99 } = percentiles(samples);
      return [name, figure(p50, 1), figure(p99, 1)];
    }),
    isText,
  )}\n`,
);
