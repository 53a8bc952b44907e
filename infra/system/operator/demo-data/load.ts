import { setTimeout as pause } from 'node:timers/promises';
import { type Graph, TransientError } from '../rebuild/graph.ts';
import { type DemoFlight, type DemoOptions, demoBookings, demoFlights } from './plan.ts';
import { createProgress } from './progress.ts';

export interface LoadOptions extends DemoOptions {
  readonly graph: Graph;
  /** Sends each operation once: for those that would have their effect twice. */
  readonly once: Graph;
  readonly print: (line: string) => void;
  readonly clock: () => number;
}

/** Mutations of one request, and requests in flight. */
const BATCH = 10;
const CONCURRENCY = 16;

/**
 * Loads flights and bookings, cancels some, and waits until all have settled. It goes on where an earlier run with the same
 * options ended: flights that are there are not registered again, and bookings have keys.
 *
 * @throws StartError when the graph is unavailable or refuses
 */
export async function loadDemoData(options: LoadOptions): Promise<void> {
  const flights = demoFlights(options);
  const ids = await registerFlights(options, flights);
  const canceled = await placeBookings(options, flights, ids);
  await cancelBookings(options, canceled);
  await settle(options);
}

const FLIGHTS = `query ($after: String) {
  flights(first: 100, after: $after) { nodes { id flightCode takeoffDate } pageInfo { hasNextPage endCursor } }
}`;

interface Flights {
  readonly flights: {
    readonly nodes: readonly {
      readonly id: string;
      readonly flightCode: string;
      readonly takeoffDate: string;
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

type Named = Pick<DemoFlight, 'flightCode' | 'takeoffDate'>;
const nameOf = ({ flightCode, takeoffDate }: Named) => `${flightCode} ${takeoffDate}`;

/** The ids of all flights that there are, by code and day. */
async function registered({ graph }: LoadOptions): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let after: string | null = null;
  do {
    const { flights }: Flights = await graph<Flights>(FLIGHTS, { after });
    for (const flight of flights.nodes) ids.set(nameOf(flight), flight.id);
    after = flights.pageInfo.hasNextPage ? flights.pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}

const ROUNDS = 5;

/** The flights' ids, in their order. */
async function registerFlights(options: LoadOptions, flights: readonly DemoFlight[]): Promise<string[]> {
  for (let round = 1; ; round += 1) {
    const ids = await registered(options);
    const missing = flights.filter((flight) => !ids.has(nameOf(flight)));
    if (missing.length === 0) return flights.map((flight) => ids.get(nameOf(flight)) ?? '');
    const progress = createProgress({ ...options, what: 'flights', total: missing.length });
    try {
      await inBatches(missing, async (batch) => {
        await options.once(
          mutation('registerFlight', 'RegisterFlightInput', 'flight', batch.length),
          inputs(batch),
        );
        progress.add(batch.length);
      });
    } catch (error) {
      // Whether its flights were registered is looked up.
      if (!(error instanceof TransientError) || round === ROUNDS) throw error;
      await pause(1000);
    }
  }
}

/** Returns the ids of the reservations that are to be canceled. */
async function placeBookings(options: LoadOptions, flights: readonly DemoFlight[], ids: readonly string[]) {
  const progress = createProgress({ ...options, what: 'bookings', total: options.bookings });
  const canceled: string[] = [];
  await inBatches(demoBookings(options, flights), async (batch) => {
    const sent = batch.map(({ isCanceled, flight: place, ...rest }) => ({ ...rest, flightId: ids[place] }));
    const query = mutation('placeReservation', 'PlaceReservationInput', 'reservation', batch.length);
    const placed = await options.graph<Record<string, { reservation: { id: string } }>>(query, inputs(sent));
    for (const [index, { isCanceled }] of batch.entries()) {
      const id = placed[`m${index}`]?.reservation.id;
      if (isCanceled && id !== undefined) canceled.push(id);
    }
    progress.add(batch.length);
  });
  return canceled;
}

async function cancelBookings(options: LoadOptions, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const progress = createProgress({ ...options, what: 'cancellations', total: ids.length });
  await inBatches(ids, async (batch) => {
    const query = mutation('cancelReservation', 'CancelReservationInput', 'reservation', batch.length);
    await options.graph(query, inputs(batch.map((id) => ({ id }))));
    progress.add(batch.length);
  });
}

const STATISTICS = '{ statistics(minutes: 1) { placed pending succeeded canceled customers } }';

interface Statistics {
  readonly statistics: Readonly<
    Record<'placed' | 'pending' | 'succeeded' | 'canceled' | 'customers', number>
  >;
}

const SETTLE_EVERY_MS = 1000;
/** How often the same figures are seen before nothing more is expected. */
const MOST_UNCHANGED = 20;

/** Waits until no reservation is pending, or nothing has changed for long. */
async function settle({ graph, print }: LoadOptions): Promise<void> {
  for (let [before, unchanged] = ['', 0]; ; ) {
    const { statistics } = await graph<Statistics>(STATISTICS, {});
    const { placed, pending, succeeded, canceled, customers } = statistics;
    const figures = `${placed} reservations: ${succeeded} succeeded, ${canceled} canceled, ${pending} pending; ${customers} customers`;
    unchanged = figures === before ? unchanged + 1 : 0;
    if (pending === 0 && unchanged > 0) return print(`The system has ${figures}.`);
    if (unchanged === MOST_UNCHANGED)
      return print(`Some do not settle at present. The system has ${figures}.`);
    if (figures !== before) print(`settling: ${pending} pending`);
    before = figures;
    await pause(SETTLE_EVERY_MS);
  }
}

/** A mutation of many fields, `m0` and so on: its text depends on nothing but their number, so it is planned once. */
function mutation(field: string, input: string, selected: string, count: number): string {
  const each = <Part>(part: (index: number) => Part) =>
    Array.from({ length: count }, (_, index) => part(index));
  const variables = each((index) => `$i${index}: ${input}!`).join(', ');
  const fields = each((index) => `m${index}: ${field}(input: $i${index}) { ${selected} { id } }`).join(
    '\n  ',
  );
  return `mutation (${variables}) {\n  ${fields}\n}`;
}

const inputs = (all: readonly object[]) =>
  Object.fromEntries(all.map((input, index) => [`i${index}`, input]));

/** Works on batches of the items, some at once, until all are done or one has failed. */
async function inBatches<Item>(items: Iterable<Item>, work: (batch: Item[]) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let hasFailed = false;
  const take = () => {
    const batch: Item[] = [];
    while (batch.length < BATCH) {
      const next = iterator.next();
      if (next.done) break;
      batch.push(next.value);
    }
    return batch;
  };
  const worker = async () => {
    for (let batch = take(); batch.length > 0 && !hasFailed; batch = take()) {
      await work(batch).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: CONCURRENCY }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
