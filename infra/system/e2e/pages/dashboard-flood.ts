import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, present } from '@airline/testing';
import { type WebSocket, WebSocketServer } from 'ws';

const DIST = join(import.meta.dirname, '../../../../router/web/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const FLIGHTS = 20;
const CUSTOMERS = 100;
/** As many seats as are drawn one by one. */
const CAPACITY = 180;
const UPDATES_A_BOOKING = 4;

interface PageVariables {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
  readonly order?: string;
}

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
  const begun = Date.now();
  const flights = Array.from({ length: FLIGHTS }, (_, index) => ({
    id: `flight ${String(index).padStart(3, '0')}`,
    flightCode: `F${index}`,
    takeoffDate: '2025-12-25',
    cost: 200_000,
    currency: 'KRW',
    capacity: CAPACITY,
    remainingSeatsCount: CAPACITY,
  }));
  const customers = new Map<string, ReturnType<typeof customerInfo>>();
  const reservations: ReturnType<typeof reservation>[] = [];
  const subscribers = new Map<string, { socket: WebSocket; id: string }>();
  let events = 0;

  const reservation = (index: number, customerId: string, flightId: string) => ({
    id: `booking ${String(index).padStart(9, '0')}`,
    reference: '7K3M-9QXT',
    customerId,
    flightId,
    seatQty: 1,
    reserveDate: '2024-11-21',
    status: 'PENDING',
    cancelReason: null,
    placedAt: new Date(begun + index).toISOString(),
    updatedAt: new Date(begun + index).toISOString(),
  });
  const customerInfo = (customerId: string, flightCount: number, updatedAt: string) => ({
    customerId,
    flightCount,
    recentReserveDate: '2024-11-21',
    canceledCount: 0,
    updatedAt,
  });

  function push(field: string, row: object): void {
    events += 1;
    const { socket, id } = subscribers.get(field) ?? {};
    const payload = { data: { [field]: row }, extensions: { cursor: String(events) } };
    socket?.send(JSON.stringify({ id, type: 'next', payload }));
  }

  function book(): void {
    const index = reservations.length;
    const flight = present(flights[index % FLIGHTS], `flight ${index % FLIGHTS}`);
    const placed = reservation(index, `customer ${index % CUSTOMERS}`, flight.id);
    reservations.push(placed);
    push('reservationUpdated', placed);
    flight.remainingSeatsCount -= 1;
    push('flightUpdated', flight);
    const count = (customers.get(placed.customerId)?.flightCount ?? 0) + 1;
    const customer = customerInfo(placed.customerId, count, placed.placedAt);
    customers.set(placed.customerId, customer);
    push('customerInfoUpdated', customer);
    placed.status = 'SUCCEED';
    push('reservationUpdated', placed);
  }

  /** A page from the end of these rows, or from their beginning. */
  function pageOf(rows: readonly object[], { first, after, last, before }: PageVariables) {
    const end = Number(before ?? rows.length);
    const start = last === undefined ? Number(after ?? 0) : Math.max(0, end - last);
    const nodes = rows.slice(start, last === undefined ? start + (first ?? 0) : end);
    const pageInfo = {
      hasPreviousPage: start > 0,
      startCursor: String(start),
      hasNextPage: start + nodes.length < rows.length,
      endCursor: String(start + nodes.length),
    };
    return { nodes, pageInfo, totalCount: rows.length };
  }

  const sortedCustomers = (order: string | undefined) =>
    [...customers.values()].sort((one, other) => {
      const key = order === 'UPDATED' ? 'updatedAt' : 'customerId';
      return one[key] < other[key] ? -1 : 1;
    });

  function statistics() {
    const placed = reservations.length;
    const succeeded = reservations.filter(({ status }) => status === 'SUCCEED').length;
    const minute = { at: new Date(begun).toISOString(), placed, succeeded, canceled: 0 };
    return {
      ...{ placed, pending: placed - succeeded, succeeded, canceled: 0, customers: customers.size },
      minutes: [minute],
      outcomes: succeeded > 0 ? [{ status: 'SUCCEED', cancelReason: null, count: succeeded }] : [],
      latency: { count: 0, p50Ms: null, p95Ms: null, p99Ms: null, buckets: [] },
    };
  }

  const results: Readonly<Record<string, (variables: PageVariables) => object>> = {
    Flights: (variables) => ({ flights: pageOf(flights, variables) }),
    CustomerInfos: (variables) => ({ customerInfos: pageOf(sortedCustomers(variables.order), variables) }),
    Reservations: (variables) => ({ reservations: pageOf(reservations, variables) }),
    FlightsOfReservations: () => ({ reservations: { nodes: [] } }),
    Statistics: () => ({ statistics: statistics() }),
    Promotions: () => ({ promotions: [] }),
  };

  const server = createServer(async (request, response) => {
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
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => {
    socket.on('message', (message) => {
      const { type, id, payload } = JSON.parse(String(message));
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'ping') socket.send('{"type":"pong"}');
      const [, field] = /(\w+Updated)\b(?! \{\s*\w+Updated)/.exec(payload?.query ?? '') ?? [];
      if (type === 'subscribe' && field) subscribers.set(field, { socket, id });
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    booked: () => reservations.length,
    customers: () =>
      reservations
        .slice(-CUSTOMERS)
        .map(({ customerId }) => customerId)
        .reverse(),
    reservationsOf: (customer) => customers.get(customer)?.flightCount ?? 0,
    seats: () =>
      flights
        .map(({ flightCode, remainingSeatsCount, capacity }) => ({
          code: flightCode,
          left: remainingSeatsCount,
          capacity,
        }))
        .reverse(),
    run: async (updatesASecond, isOver) => {
      const start = performance.now();
      const due = () => ((performance.now() - start) / 1000) * (updatesASecond / UPDATES_A_BOOKING);
      for (let sent = 0; !isOver(); await wait(4)) for (; sent < due(); sent += 1) book();
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
