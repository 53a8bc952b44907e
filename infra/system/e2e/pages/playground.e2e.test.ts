import { startNodeProcess } from '@airline/local/process';
import { freePort, requires } from '@airline/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { type Site, startSite } from './page.ts';
import { playgroundOn } from './playground.ts';

describe('the playground', requires('chromium').options, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    return () => site[Symbol.asyncDispose]();
  });

  /** A page with nothing stored, opened as a person would who knows the graph's address. */
  async function open(address = `${site.origin}/graphql`) {
    const { page, recording } = await site.browser.newPage();
    await page.goto(address);
    const playground = playgroundOn(page);
    await playground.loaded();
    return { page, recording, ...playground };
  }

  test('runs the acceptance cases from its tabs, and sends requests to its own origin only', async () => {
    const { page, recording, choose, press, shows } = await open();
    expect(new URL(page.url()).pathname).toBe('/playground');
    const run = async (tab: string) => {
      await choose(tab);
      await press();
      return await shows(`the result of ${tab}`);
    };

    expect(await run('RegisterFlight')).toMatchObject({ registerFlight: { flight: { capacity: 5 } } });
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
    });
    expect(await run('Departed')).toMatchObject({
      placeReservation: { reservation: { status: 'CANCELED', cancelReason: 'FLIGHT_DEPARTED' } },
    });
    expect(await run('Promotions')).toMatchObject({ promotions: [] });

    await run('RegisterFlight');
    expect(await run('EverySeat')).toMatchObject({
      first: { reservation: { status: 'SUCCEED' } },
      second: { reservation: { status: 'SUCCEED' } },
      third: { reservation: { status: 'SUCCEED', flight: { remainingSeatsCount: 0 } } },
    });
    expect(await run('Cancel')).toMatchObject({
      cancelReservation: { reservation: { status: 'CANCELED', cancelReason: 'CUSTOMER' } },
    });
    const countsAreIn = async () => {
      const { flight, customer1, customer2 } = await run('Counts');
      return { flight, customer1, customer2 };
    };
    await expect.poll(countsAreIn, { timeout: 10_000 }).toMatchObject({
      customer1: { flightCount: 1, recentReserveDate: '2024-11-11', canceledCount: 1 },
      customer2: { flightCount: 2, recentReserveDate: '2024-12-25', canceledCount: 0 },
      flight: { remainingSeatsCount: 3 },
    });
    const steps = async () => {
      const { reservation } = await run('History');
      return (reservation as { history: { event: string }[] }).history.map(({ event }) => event);
    };
    await expect
      .poll(steps, { timeout: 10_000 })
      .toEqual([
        'ReservationPlaced',
        'RemainingSeatsDecreased',
        'Paid',
        'ReservationSucceeded',
        'ReservationCanceled',
        expect.stringMatching(/RemainingSeatsIncreased|PaymentRefunded/),
        expect.stringMatching(/RemainingSeatsIncreased|PaymentRefunded/),
      ]);
    expect(await run('AcrossServices')).toMatchObject({
      flight: { remainingSeatsCount: 3, reservations: { totalCount: 3 } },
    });

    expect(recording.errors).toEqual([]);
    expect(recording.foreignTo(site.origin)).toEqual([]);
    const workers = recording.requests.filter(({ url }) => /worker-[^/]*\.js$/.test(url));
    const names = new Set(workers.map(({ url }) => new URL(url).pathname.replace(/^.*\/|\.worker.*$/g, '')));
    expect(names).toEqual(new Set(['editor', 'json', 'graphql']));
  });

  test('runs a subscription, which resumes by itself when the router is available again', async () => {
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

    await choose('Watch');
    await press();
    // That the router listens by now shows only when something happens.
    await expect
      .poll(
        async () => {
          await reserve();
          return recording.sockets.at(0)?.received.join();
        },
        { timeout: 10_000 },
      )
      .toMatch(/customerInfoUpdated/);
    expect(await isPushed()).toMatchObject({
      customerInfoUpdated: { customerId: 'watched', customer: { reservations: { nodes: [{ seatQty: 1 }] } } },
    });

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
    expect(await suggest(), 'suggestions lie where the button is').toBe(true);
    await press();
    expect(await shows('the type')).toEqual({ __typename: 'Query' });
  });

  test('documents the schema, and is dark or light as the system is', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Reservation', exact: true }).click();
    await page.getByText('The events of its saga across all services').waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`body.graphiql-${colorScheme}`).waitFor();
    }
  });

  test('says so where introspection is off, and runs operations all the same', async () => {
    const port = await freePort();
    const env = { ROUTER_PORT: String(port), INTROSPECTION: 'false', LOG_LEVEL: 'error' };
    const router = await startNodeProcess('router/src/main.ts', env, /\/graphql/);
    try {
      const { page, type, press, shows } = await open(`http://127.0.0.1:${port}/playground`);
      await page.getByText('start the router with INTROSPECTION=true').waitFor();
      await type('{ __typename');
      await press();
      expect(await shows('a result')).toEqual({ __typename: 'Query' });
    } finally {
      await router.stop();
    }
  });
});
