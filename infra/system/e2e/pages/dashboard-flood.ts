import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type StubSubscription, startStubServer } from '../stub-server.ts';
import { createBookings, UPDATES_A_BOOKING } from './dashboard-flood-bookings.ts';
import { resultsOf } from './dashboard-flood-results.ts';

const DIST = join(import.meta.dirname, '../../../../router/web/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface Flood extends AsyncDisposable {
  readonly origin: string;
  /** Bookings so far. */
  booked(): number;
  /** The names of customers, the one that booked last first. */
  customers(): string[];
  /** How many reservations this one has. */
  reservationsOf(customer: string): number;
  /** Seats left by flight, the one that was registered last first. */
  seats(): { code: string; left: number; capacity: number }[];
  /** Books, so often that so many updates are pushed a second, until it is over; four updates are one booking. */
  run(updatesASecond: number, isOver: () => boolean): Promise<void>;
}

/** In a router's place: serves the dashboard, and bookings faster than this machine could make them. */
export async function startFlood(): Promise<Flood> {
  const subscribers = new Map<string, StubSubscription>();
  let events = 0;
  const bookings = createBookings((field, row) => {
    events += 1;
    subscribers.get(field)?.next({ data: { [field]: row }, extensions: { cursor: String(events) } });
  });
  const results = resultsOf(bookings);

  const server = await startStubServer(
    async (request, response) => {
      if (request.method === 'POST') {
        const { query, variables } = JSON.parse(await text(request));
        const [, name = ''] = /query (\w+)/.exec(query) ?? [];
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ data: results[name]?.(variables ?? {}) }));
        return;
      }
      if (request.url === '/sign-in.json') {
        response.end(JSON.stringify({ open: true }));
        return;
      }
      const file = request.url === '/' ? 'dashboard/index.html' : (request.url ?? '');
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(await readFile(join(DIST, file)));
    },
    (subscription) => {
      const [, field] = /(\w+Updated)\b(?! \{\s*\w+Updated)/.exec(subscription.query) ?? [];
      if (field) subscribers.set(field, subscription);
    },
  );

  return {
    origin: server.origin,
    booked: () => bookings.reservations.length,
    customers: bookings.newest,
    reservationsOf: (customer) => bookings.customers.get(customer)?.flightCount ?? 0,
    seats: () =>
      bookings.flights
        .map(({ flightCode, remainingSeatsCount, capacity }) => ({
          code: flightCode,
          left: remainingSeatsCount,
          capacity,
        }))
        .reverse(),
    run: async (updatesASecond, isOver) => {
      const start = performance.now();
      const due = () => ((performance.now() - start) / 1000) * (updatesASecond / UPDATES_A_BOOKING);
      for (let sent = 0; !isOver(); await wait(4)) for (; sent < due(); sent += 1) bookings.book();
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
