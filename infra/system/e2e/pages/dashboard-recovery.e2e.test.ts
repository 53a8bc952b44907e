import { launchBrowser, present, request, requires, type TestBrowser, until } from '@airline/testing';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { buildOwnPages, type SystemOnRedis, startOnRedis } from '../system.ts';
import { type Dashboard, DESKTOP, dashboardOn } from './dashboard-page.ts';
import { SOON } from './page.ts';
import { playgroundOn } from './playground.ts';

/** Before the take-off of every flight here. */
const reserveDate = '2024-11-21';

describe('open pages', requires('chromium', 'redis-server').options, () => {
  let system: SystemOnRedis;
  let browser: TestBrowser;
  let origin: string;

  beforeAll(async () => {
    await buildOwnPages();
    await using starting = new AsyncDisposableStack();
    system = starting.use(await startOnRedis({ SUBGRAPH_TIMEOUT_MS: '2000' }));
    browser = starting.use(await launchBrowser());
    origin = new URL(system.url).origin;
    const running = starting.move();
    return () => running.disposeAsync();
  });
  afterEach(() => browser.closePages());

  async function open() {
    const { page, recording } = await browser.newPage(DESKTOP);
    await page.goto(origin);
    const dashboard = dashboardOn(page);
    await dashboard.isConnection('connected');
    return { ...dashboard, recording };
  }

  /** All numbers that a page shows. */
  const numbersOn = async ({ flights, bookings, customers, outcomes }: Dashboard) => ({
    flights: await flights(),
    bookings: await bookings(),
    customers: await customers(),
    outcomes: await outcomes(),
  });

  /** Waits until two pages show the same, of which both may still be loading something. */
  const showSame = (one: Dashboard, other: Dashboard) =>
    until('both pages show the same', async () => {
      expect(await numbersOn(one)).toEqual(await numbersOn(other));
      return true;
    });

  /** Books at the service itself, as through another router. */
  async function placeAtService(input: object): Promise<string> {
    const { placeReservation } = await request<{ placeReservation: { reservation: { status: string } } }>(
      present(system.subgraphUrls.RESERVATION_URL, 'URL of reservation'),
      'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { status } } }',
      { input: { awaitOutcome: true, ...input } },
    );
    return placeReservation.reservation.status;
  }

  test('say that the router is away, and catch up by themselves with what they missed', async () => {
    const booking = bookingAt(system.url);
    const flightId = await booking.registerFlight(100);
    const informed = await open();
    const { page: playgroundPage, recording } = await browser.newPage(DESKTOP);
    await playgroundPage.goto(`${origin}/playground`);
    const playground = playgroundOn(playgroundPage);
    await playground.loaded();
    await playground.choose('Watch');
    await playground.press();
    let before = 0;
    // That the router listens by now shows only when something happens.
    await until('the playground is pushed to', async () => {
      before += 1;
      await booking.place({ customerId: 'known', flightId, seatQty: 1, reserveDate });
      await expect.poll(() => informed.customers(), SOON).toEqual([rowOf('known', before)]);
      return /customerInfoUpdated/.test(recording.sockets.at(0)?.received.join() ?? '');
    });
    // To this one nothing was pushed yet, so it has no cursor.
    const uninformed = await open();
    await expect.poll(() => uninformed.customers(), SOON).toEqual([rowOf('known', before)]);

    await system.processes.router?.kill();
    for (const { page, isConnection } of [informed, uninformed]) {
      await isConnection('reconnecting');
      await page.getByText('What you see is from before the connection was lost.').waitFor();
    }
    const notice = playgroundPage.getByText('The subscription is interrupted.');
    await notice.waitFor();
    expect(await placeAtService({ customerId: 'missed', flightId, seatQty: 2, reserveDate })).toBe('SUCCEED');
    expect(await placeAtService({ customerId: 'missed', flightId, seatQty: 1000, reserveDate })).toBe(
      'CANCELED',
    );
    expect(await placeAtService({ customerId: 'known', flightId, seatQty: 3, reserveDate })).toBe('SUCCEED');
    expect(await uninformed.customers()).toEqual([rowOf('known', before)]);

    await system.restart('router');
    await notice.waitFor({ state: 'hidden' });
    for (const page of [informed, uninformed]) {
      await page.isConnection('connected');
      await expect
        .poll(() => page.customers(), SOON)
        .toEqual([rowOf('known', before + 1), rowOf('missed', 2, 1)]);
      await expect
        .poll(() => page.flights(), SOON)
        .toEqual([`ACE890 · ${100 - before - 5} of 100 seats left`]);
      await expect
        .poll(() => page.bookings(), SOON)
        .toEqual([
          expect.stringMatching(/^known · 3 · .* · Succeeded$/),
          expect.stringMatching(/^missed · 1,000 · .* · Canceled Not enough seats left$/),
          expect.stringMatching(/^missed · 2 · .* · Succeeded$/),
          ...Array.from({ length: before }, () => expect.stringMatching(/^known · 1 · .* · Succeeded$/)),
        ]);
    }
    const fresh = await open();
    for (const page of [informed, uninformed]) {
      await showSame(fresh, page);
      const documents = page.recording.requests.filter(({ type }) => type === 'document');
      expect(documents).toHaveLength(1);
    }
    // What it missed was pushed to it, from where it was.
    expect(informed.recording.sockets.at(-1)?.sent.join()).toMatch(/"extensions":{"cursor":"/);
    await playground.shows('what it missed', ({ customerInfoUpdated }) => {
      const { customerId, flightCount } = Object(customerInfoUpdated);
      return customerId === 'known' && flightCount === before + 1;
    });
  });

  test('are right again after a service was away, and book nothing twice', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    await one.register({ code: 'AWAY', departure: '2025-12-25', price: 1000, seats: 10 });
    const first = (page: Dashboard) => async () => (await page.bookings())[0];
    const seats = (page: Dashboard) => async () => (await page.flights())[0];

    // Without the flight service a booking waits for its seats.
    await system.processes.flight?.kill();
    await one.book({ customer: 'waits', seats: 1 });
    for (const page of [one, other])
      await expect.poll(first(page), SOON).toMatch(/^waits · 1 · .* · Pending$/);
    await system.restart('flight');
    for (const page of [one, other]) {
      await expect.poll(first(page), SOON).toMatch(/^waits · 1 · .* · Succeeded$/);
      await expect.poll(seats(page), SOON).toBe('AWAY · 9 of 10 seats left');
    }

    // A stopped reservation service books once it continues, after the page has shown that the booking failed.
    const { pid } = present(system.processes.reservation, 'process of reservation');
    process.kill(pid, 'SIGSTOP');
    try {
      await one.book({ customer: 'again', seats: 2 });
      await one.form.getByRole('alert').waitFor();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect.poll(first(other), SOON).toMatch(/^again · 2 · .* · Succeeded$/);
    await one.submit();
    await one.form.getByRole('alert').waitFor({ state: 'hidden' });

    await system.processes.reservation?.kill();
    await one.book({ customer: 'refused', seats: 3 });
    await one.form.getByRole('alert').waitFor();
    await system.restart('reservation');
    await one.submit();
    for (const page of [one, other]) {
      await expect.poll(first(page), SOON).toMatch(/^refused · 3 · .* · Succeeded$/);
      await expect.poll(seats(page), SOON).toBe('AWAY · 4 of 10 seats left');
    }
    const fresh = await open();
    for (const page of [one, other]) await showSame(fresh, page);
  });
});

/** A customer's row, whatever the date of the last reservation. */
const rowOf = (customer: string, reservations: number, cancellations = 0) =>
  expect.stringMatching(new RegExp(`^${customer} · ${reservations} · .* · ${cancellations}$`));
