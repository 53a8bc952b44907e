import { randomUUID } from 'node:crypto';
import { bookingAt } from '@airline/e2e/booking';
import type { ApiServer } from './api-server.ts';
import { type ClientProgram, routerUrl, startProgram } from './client-pod.ts';
import { eventually } from './eventually.ts';

/** Results of customers' requests: `client/book.ts`. */
export interface Booked {
  readonly succeeded: number;
  readonly failed: number;
  readonly slowest: { readonly ms: number; readonly what: string; readonly at: string };
  readonly failures: Readonly<Record<string, { readonly times: number; readonly first: string }>>;
  readonly reservations: number;
  readonly cancellations: number;
  /** The ids; only in the last line. */
  readonly placed: readonly string[];
  readonly canceled: readonly string[];
}

/** What one subscriber has seen: `client/subscribe.ts`. */
export interface Heard {
  /** By customer, how many events there were of him. */
  readonly counts: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  readonly isLive: boolean;
  readonly events: number;
  readonly resumed: number;
  readonly refused: number;
}

export interface Met {
  readonly closed: Booked;
  readonly kept: Booked;
}

export interface Traffic {
  /** What customers have met so far. */
  met(): Promise<Met>;
  /** Waits until so many requests more have succeeded, on both kinds of connections. */
  requestsServed(more: number): Promise<void>;
  /** Customers stop; returns what they met. Subscribers stay. */
  stopBooking(): Promise<Met>;
  /** What subscribers have heard so far. */
  heard(): Promise<readonly Heard[]>;
  /** Subscribers stop. */
  stopListening(): Promise<readonly Heard[]>;
}

export interface TrafficOptions {
  /** Of each kind: with a connection for each request, and with one that is kept. */
  readonly customers: number;
  readonly subscribers: number;
  readonly pauseMs: number;
}

/** Customers who book through the gateway, and subscribers who hear of each of their bookings, until they are stopped. */
export async function startTraffic(
  api: ApiServer,
  doorUrl: string,
  options: TrafficOptions,
): Promise<Traffic> {
  const { customers, subscribers, pauseMs } = options;
  const booking = bookingAt(doorUrl);
  const name = randomUUID().slice(0, 8);
  const [run, probe] = [`run-${name}`, `probe-${name}`];
  // One has room for all of them, one is soon sold out.
  const flightIds = await Promise.all([booking.registerFlight(1_000_000), booking.registerFlight(50)]);

  const subscribed = { url: routerUrl, run, probe, subscribers };
  const listening = await startProgram<readonly Heard[]>(api, 'subscribe', subscribed);
  await eventually('all subscribers listen', async () => {
    await booking.place({ customerId: probe, flightId: flightIds[0], seatQty: 1 });
    return (await listening.last())?.every(({ isLive }) => isLive);
  });
  const book = (keepAlive: boolean) =>
    startProgram<Booked>(api, 'book', { url: routerUrl, run, flightIds, customers, pauseMs, keepAlive });
  const programs = { closed: await book(false), kept: await book(true) };
  const met = async () => ({ closed: await lastOf(programs.closed), kept: await lastOf(programs.kept) });
  return {
    met,
    requestsServed: async (more) => {
      const before = await met();
      await eventually(`${more} requests more have succeeded`, async () => {
        const { closed, kept } = await met();
        const made = [closed.succeeded - before.closed.succeeded, kept.succeeded - before.kept.succeeded];
        if (Math.min(...made) < more) throw new Error(`${made.join(' and ')} have`);
        return true;
      });
    },
    stopBooking: async () => {
      const [closed, kept] = await Promise.all([programs.closed.end(), programs.kept.end()]);
      return { closed, kept };
    },
    heard: async () => (await listening.last()) ?? [],
    stopListening: () => listening.end(),
  };
}

const NOTHING: Booked = {
  succeeded: 0,
  failed: 0,
  slowest: { ms: 0, what: 'none', at: '' },
  failures: {},
  reservations: 0,
  cancellations: 0,
  placed: [],
  canceled: [],
};

const lastOf = async (program: ClientProgram<Booked>) => (await program.last()) ?? NOTHING;

/** In hundredths: 100.00 when every request succeeded. */
export function availability({ succeeded, failed }: Pick<Booked, 'succeeded' | 'failed'>): string {
  // Rounded down, so that one failure shows.
  return (Math.floor((10_000 * succeeded) / (succeeded + failed)) / 100).toFixed(2);
}

const slowestOf = ({ slowest: { ms, what, at } }: Booked) => `${ms} ms (${what} at ${at})`;

/** For people: what customers met, in a line. */
export function inWords({ closed, kept }: Met): string {
  const of = (name: string, booked: Booked) =>
    `${name}: ${availability(booked)} % of ${booked.succeeded + booked.failed}, slowest ${slowestOf(booked)}` +
    Object.entries(booked.failures)
      .map(([what, { times, first }]) => `\n    ${times} × ${what} (first at ${first})`)
      .join('');
  return `${of('connection: close', closed)}; ${of('keep-alive', kept)}`;
}
