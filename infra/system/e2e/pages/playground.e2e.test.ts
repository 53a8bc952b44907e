import { startNodeProcess } from '@airline/local/process';
import { freePort, requires } from '@airline/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { type Site, startSite } from './page.ts';
import { playgroundOn } from './playground.ts';

const SOON = { timeout: 30_000 };

describe('the playground', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    return () => site[Symbol.asyncDispose]();
  });
  afterEach(() => site.browser.closePages());

  /** A page with nothing stored, opened as a person would who knows the graph's address. */
  async function open(address = `${site.origin}/graphql`) {
    const { page, recording } = await site.browser.newPage();
    await page.goto(address);
    const playground = playgroundOn(page);
    await playground.loaded();
    return { page, recording, ...playground };
  }

  test('runs the acceptance cases from left to right, as often as anybody likes', async () => {
    const { page, recording, choose, press, shows } = await open();
    expect(new URL(page.url()).pathname).toBe('/playground');
    const run = async (tab: string) => {
      await choose(tab);
      await press();
      return await shows(`the result of ${tab}`);
    };
    /** For what follows from events, which come a moment later. */
    const runUntil = (tab: string) => expect.poll(() => run(tab), SOON);
    const succeeded = { reservation: { status: 'SUCCEED' } };

    const cases: Readonly<Record<string, () => Promise<unknown>>> = {
      RegisterFlight: async () =>
        expect(await run('RegisterFlight')).toMatchObject({ registerFlight: { flight: { capacity: 5 } } }),
      SoldOut: async () =>
        expect(await run('SoldOut')).toMatchObject({
          customer1: { reservation: { status: 'SUCCEED', payment: { status: 'PAID', cost: 600_000 } } },
          customer2: {
            reservation: {
              status: 'CANCELED',
              cancelReason: 'SEATS_SOLD_OUT',
              payment: null,
              flight: { remainingSeatsCount: 2 },
            },
          },
        }),
      AnotherFlight: async () =>
        expect(await run('AnotherFlight')).toMatchObject({
          registerFlight: { flight: { remainingSeatsCount: 5 } },
        }),
      EverySeat: async () =>
        expect(await run('EverySeat')).toMatchObject({
          first: succeeded,
          second: succeeded,
          third: { reservation: { status: 'SUCCEED', flight: { remainingSeatsCount: 0 } } },
        }),
      Counts: () =>
        runUntil('Counts').toMatchObject({
          customer1: { flightCount: 1, recentReserveDate: '2024-11-11', canceledCount: 0 },
          customer2: { flightCount: 2, recentReserveDate: '2024-12-25', canceledCount: 0 },
          flight: { remainingSeatsCount: 0 },
        }),
      Cancel: async () =>
        expect(await run('Cancel')).toMatchObject({
          cancelReservation: { reservation: { status: 'CANCELED', cancelReason: 'CUSTOMER' } },
        }),
      CountsAfterwards: () =>
        runUntil('CountsAfterwards').toMatchObject({
          customer1: { flightCount: 1, recentReserveDate: '2024-11-11', canceledCount: 1 },
          customer2: { flightCount: 2, recentReserveDate: '2024-12-25', canceledCount: 0 },
          flight: { remainingSeatsCount: 3 },
        }),
      History: () => {
        const last = { event: expect.stringMatching(/RemainingSeatsIncreased|PaymentRefunded/) };
        return runUntil('History').toMatchObject({
          reservation: {
            history: [
              { event: 'ReservationPlaced' },
              { event: 'RemainingSeatsDecreased' },
              { event: 'Paid' },
              { event: 'ReservationSucceeded' },
              { event: 'ReservationCanceled' },
              last,
              last,
            ],
          },
        });
      },
      Departed: async () =>
        expect(await run('Departed')).toMatchObject({
          placeReservation: { reservation: { status: 'CANCELED', cancelReason: 'FLIGHT_DEPARTED' } },
        }),
      Promotions: async () => expect(await run('Promotions')).toMatchObject({ promotions: [] }),
      AcrossServices: async () =>
        expect(await run('AcrossServices')).toMatchObject({
          flight: { remainingSeatsCount: 3, reservations: { totalCount: 4 } },
        }),
      Deferred: async () => {
        await choose('Deferred');
        await press();
        const nodes = [
          { payment: { status: 'PAID' } },
          {},
          { payment: { status: 'REFUNDED' } },
          { payment: null },
        ];
        const isWhole = ({ flight }: object & { flight?: unknown }) =>
          Object(flight).reservations?.nodes.every((node: object) => 'payment' in node);
        expect(await shows('all parts', isWhole)).toMatchObject({ flight: { reservations: { nodes } } });
        const parts = page.locator('.response').getByRole('tab', { name: 'Parts' });
        await parts.click();
        await page.locator('.parts summary').nth(1).waitFor();
        const labels = await page.locator('.parts summary').allInnerTexts();
        expect(labels[0]).toMatch(/^1 reservations \d/);
        expect(labels.slice(1).every((label) => /^\d payment \d/.test(label))).toBe(true);
      },
    };
    const names = (await page.locator('.tabs').getByRole('tab').allInnerTexts()).filter(
      (name) => name !== 'Watch',
    );
    expect(names).toEqual(Object.keys(cases));
    for (let round = 0; round < 2; round += 1) for (const name of names) await cases[name]?.();

    expect(recording.errors).toEqual([]);
    expect(recording.foreignTo(site.origin)).toEqual([]);
    // GraphQL's is asked for once nobody has typed or changed tabs for a moment.
    const workers = () => recording.requests.flatMap(({ url }) => /(\w+)\.worker-\w+/.exec(url)?.[1] ?? []);
    await expect.poll(() => new Set(workers()), SOON).toEqual(new Set(['editor', 'json', 'graphql']));
  });

  test('lists the events of a subscription, holds them while it is paused, and resumes by itself', async () => {
    const booking = bookingAt(site.system.url);
    const flightId = await booking.registerFlight(1000);
    let reserved = 0;
    const reserve = async () => {
      await booking.place({ customerId: 'watched', flightId, seatQty: 1 });
      reserved += 1;
    };
    const { page, recording, choose, press, shows } = await open();
    const isPushed = () =>
      shows(`${reserved} reservations`, ({ customerInfoUpdated }) => {
        return Object(customerInfoUpdated).flightCount === reserved;
      });
    const events = page.locator('.parts summary');

    await choose('Watch');
    await press();
    // That the router listens by now shows only when something happens.
    await expect
      .poll(async () => {
        await reserve();
        return recording.sockets.at(0)?.received.join();
      }, SOON)
      .toMatch(/customerInfoUpdated/);
    expect(await isPushed()).toMatchObject({
      customerInfoUpdated: { customerId: 'watched', customer: { reservations: { nodes: [{ seatQty: 1 }] } } },
    });

    await page.getByRole('button', { name: 'Pause' }).click();
    const before = await events.count();
    const held = reserved;
    await reserve();
    await page.getByText(/^\d+ new events?$/).waitFor();
    expect(await events.count()).toBe(before);
    await shows(
      'what it showed',
      ({ customerInfoUpdated }) => Object(customerInfoUpdated).flightCount === held,
    );
    await page.getByRole('button', { name: 'Resume' }).click();
    await isPushed();
    await expect.poll(() => events.count(), SOON).toBeGreaterThan(before);
    await events.first().click();
    await page.locator('.parts pre').first().getByText(`"flightCount": ${reserved}`).waitFor();

    const notice = page.getByText('The subscription is interrupted.');
    await site.system.processes.system?.kill();
    await notice.waitFor();
    await site.system.restart('system');
    await notice.waitFor({ state: 'hidden' });
    await reserve();
    await isPushed();
    expect(recording.sockets.at(-1)?.sent.join()).toMatch(/"extensions":{"cursor":"/);
    const operations = recording.requests.filter(({ url }) => new URL(url).pathname === '/graphql');
    expect(operations.filter(({ type }) => type === 'fetch')).toHaveLength(1);
  });

  test('runs an operation while suggestions are open', async () => {
    const { type, suggest, press, shows } = await open();
    await type('query LongEnoughToReachTheEdgeOfTheEditor { __typename ');
    await suggest();
    await press();
    expect(await shows('the type')).toEqual({ __typename: 'Query' });
  });

  test('documents the schema, and is dark or light as the system is', async () => {
    const { page, panel } = await open();
    const docs = await panel('Schema');
    await docs.getByRole('button', { name: 'Reservation', exact: true }).click();
    await docs.getByText('The events of its saga across all services').waitFor();
    await docs
      .getByRole('button', { name: 'PaymentStatus' })
      .or(docs.getByRole('button', { name: 'Payment', exact: true }))
      .first()
      .click();
    await docs.getByRole('button', { name: 'Back' }).click();
    await docs.getByRole('searchbox').fill('remainingSeats');
    await docs.getByRole('button', { name: 'Flight.remainingSeatsCount' }).click();
    await docs.getByRole('heading', { name: 'Flight', exact: true }).waitFor();
    const downloading = page.waitForEvent('download');
    await docs.getByRole('button', { name: 'Download SDL' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('schema.graphql');
    expect(Buffer.concat(await (await download.createReadStream()).toArray()).toString()).toContain(
      'type Flight {',
    );
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`body.graphiql-${colorScheme}`).waitFor();
    }
  });

  test('says so where introspection is off, and runs operations all the same, without a plan', async () => {
    const port = await freePort();
    const env = { ROUTER_PORT: String(port), INTROSPECTION: 'false', LOG_LEVEL: 'error' };
    const router = await startNodeProcess('router/src/main.ts', env, /\/graphql/);
    try {
      const { page, type, press, shows } = await open(`http://127.0.0.1:${port}/playground`);
      await page.getByText('start the router with INTROSPECTION=true').waitFor();
      await type('{ __typename');
      await press();
      expect(await shows('a result')).toEqual({ __typename: 'Query' });
      await page.getByText('There is no plan').waitFor();
    } finally {
      await router.stop();
    }
  });
});
