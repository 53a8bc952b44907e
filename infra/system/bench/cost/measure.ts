import { readdirSync, readFileSync } from 'node:fs';
import { bookingAt } from '@airline/e2e/booking';
import { startEmbedded } from '@airline/e2e/system';
import { post, present, request, seeded, until } from '@airline/testing';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { runConcurrently } from '../measure.ts';
import { generate, type Seeded } from './generate.ts';

export interface Sample {
  readonly query: string;
  /** Estimated. */
  readonly cost: number;
  /** Of the response, before compression. */
  readonly bytes: number;
  /** Of all services, the least of the runs. */
  readonly cpuMs: number;
}

export interface MeasureOptions {
  readonly operations: number;
  readonly seed: number;
  /** So many customers book on so many flights, each on each. */
  readonly customers: number;
  readonly flights: number;
  /** Runs of each operation that are measured. */
  readonly runs: number;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly extensions?: { readonly cost?: { readonly estimated: number } };
}

/** Runs generated operations that are admitted, one at a time, over a system whose pages are full. */
export async function measureCosts(options: MeasureOptions): Promise<Sample[]> {
  await using system = await startEmbedded({ NODE_ENV: 'production', COST_PER_SECOND: '0' });
  const { url, processes } = system;
  const rows = await seedRows(url, options);
  const pid = present(processes.system?.pid, 'pid');
  const schema = buildClientSchema(await request<IntrospectionQuery>(url, getIntrospectionQuery()));
  const random = seeded(options.seed);
  // Code that runs for the first time is compiled meanwhile.
  for (let warmed = 0; warmed < options.operations / 4; warmed += 1)
    await measureOne(url, pid, generate(schema, rows, random), options.runs);
  const samples: Sample[] = [];
  while (samples.length < options.operations) {
    const query = generate(schema, rows, random);
    const sample = await measureOne(url, pid, query, options.runs);
    if (sample) samples.push(sample);
  }
  return samples;
}

/** Undefined for an operation that is refused. */
export async function measureOne(
  url: string,
  pid: number,
  query: string,
  runs: number,
): Promise<Sample | undefined> {
  const send = async () => {
    const response = await post<Body>(url, JSON.stringify({ query, extensions: { cost: true } }));
    return response.body;
  };
  const first = await send();
  const [error] = first.errors ?? [];
  if (
    error?.extensions?.code === 'COST_LIMIT_EXCEEDED' ||
    error?.extensions?.code === 'DOCUMENT_LIMIT_EXCEEDED'
  )
    return undefined;
  if (error) throw new Error(`${error.message}\n${query}`);
  const cost = present(first.extensions?.cost?.estimated, 'cost');
  const taken: number[] = [];
  while (taken.length < runs) {
    const before = cpuOf(pid);
    await send();
    taken.push(cpuOf(pid) - before);
  }
  // Now and then the kernel has not added up what a thread has run, and says 0.
  const cpuMs = Math.min(...taken.filter((ms) => ms > 0));
  return { query, cost, bytes: Buffer.byteLength(JSON.stringify({ data: first.data })), cpuMs };
}

/** Milliseconds that all threads of a process have run: Linux's /proc, schedstat. */
function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1_000_000;
}

const SETTLED =
  '{ reservations(filter: { status: PENDING }) { totalCount } customerInfos(first: 100) { nodes { flightCount } } }';

interface Settled {
  readonly reservations: { readonly totalCount: number };
  readonly customerInfos: { readonly nodes: readonly { readonly flightCount: number }[] };
}

async function seedRows(url: string, { customers, flights }: MeasureOptions): Promise<Seeded> {
  const booking = bookingAt(url);
  const flightIds: string[] = [];
  for (let index = 0; index < flights; index += 1) flightIds.push(await booking.registerFlight(1_000_000));
  const customerIds = Array.from({ length: customers }, (_, index) => `customer-${index}`);
  const place =
    'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';
  const reservationIds: string[] = [];
  await runConcurrently(customers * flights, 8, async (index) => {
    const flightId = present(flightIds[index % flights], 'flight');
    const customerId = present(customerIds[Math.floor(index / flights)], 'customer');
    const input = { customerId, flightId, seatQty: 1, reserveDate: '2024-11-21' };
    const { placeReservation } = await request<{ placeReservation: { reservation: { id: string } } }>(
      url,
      place,
      { input },
    );
    reservationIds.push(placeReservation.reservation.id);
  });
  await until(
    'every booking is settled and counted',
    async () => {
      const { reservations, customerInfos } = await request<Settled>(url, SETTLED);
      const counted = customerInfos.nodes.reduce((sum, { flightCount }) => sum + flightCount, 0);
      return reservations.totalCount === 0 && counted === Math.min(customers, 100) * flights;
    },
    60_000,
  );
  return { flightIds, customerIds, reservationIds };
}
