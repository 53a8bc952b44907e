import { setTimeout as wait } from 'node:timers/promises';
import { httpClient } from './http.ts';

// Runs in the cluster: customers who book, look and cancel, one request after the other each, until the input ends. Nothing is
// retried. Its state is printed as a line of JSON twice a second, and at the end.

interface Options {
  readonly url: string;
  /** Customers' names begin with it. */
  readonly run: string;
  readonly flightIds: readonly string[];
  readonly customers: number;
  readonly keepAlive: boolean;
  /** Between a response and a customer's next request. */
  readonly pauseMs: number;
}

interface State {
  succeeded: number;
  failed: number;
  /** Which request took longest, and when it was sent. */
  slowest: { ms: number; what: string; at: string };
  /** Of each kind of failure how many there were, and when the first. */
  failures: Record<string, { times: number; first: string }>;
  placed: string[];
  canceled: string[];
}

interface Placed {
  readonly placeReservation: { readonly reservation: { readonly id: string; readonly status: string } };
}

const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status } }
}`;
const LOOK = `query ($id: ID!) {
  reservation(id: $id) { status flight { remainingSeatsCount } payment { status } customer { info { flightCount } } }
}`;
const CANCEL = 'mutation ($id: ID!) { cancelReservation(input: { id: $id }) { reservation { status } } }';

const options: Options = JSON.parse(process.argv[2] ?? '');
const { url, run, flightIds, customers, keepAlive, pauseMs } = options;
const state: State = {
  succeeded: 0,
  failed: 0,
  slowest: { ms: 0, what: 'none', at: '' },
  failures: {},
  placed: [],
  canceled: [],
};
let isOver = false;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();

/** Makes one request; returns undefined when it failed. */
async function attempt<Data>(what: string, send: () => Promise<Data>): Promise<Data | undefined> {
  const at = new Date().toISOString();
  const begun = performance.now();
  try {
    const data = await send();
    state.succeeded += 1;
    return data;
  } catch (error) {
    state.failed += 1;
    const reason = error instanceof Error ? ('code' in error ? error.code : error.message) : error;
    const name = `${what}: ${reason}`;
    state.failures[name] ??= { times: 0, first: new Date().toISOString() };
    state.failures[name].times += 1;
    return undefined;
  } finally {
    const ms = Math.round(performance.now() - begun);
    if (ms > state.slowest.ms) state.slowest = { ms, what, at };
    await wait(pauseMs);
  }
}

async function customer(customerId: string): Promise<void> {
  const send = httpClient(url, keepAlive);
  for (let index = 0; !isOver; index += 1) {
    const input = {
      customerId,
      flightId: flightIds[index % flightIds.length],
      seatQty: 1,
      reserveDate: `2024-11-${String(1 + (index % 28)).padStart(2, '0')}`,
      idempotencyKey: `${customerId}/${index}`,
      awaitOutcome: index % 2 === 0,
    };
    const placed = await attempt('place', () => send<Placed>(PLACE, { input }));
    if (!placed) continue;
    const { id } = placed.placeReservation.reservation;
    state.placed.push(id);
    await attempt('look', () => send(LOOK, { id }));
    if (index % 5 !== 4) continue;
    if (await attempt('cancel', () => send(CANCEL, { id }))) state.canceled.push(id);
  }
}

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const progress = setInterval(() => {
  const { placed, canceled, ...rest } = state;
  print({ ...rest, placed: [], canceled: [], reservations: placed.length, cancellations: canceled.length });
}, 500);
const names = Array.from(
  { length: customers },
  (_, index) => `${run}-${keepAlive ? 'kept' : 'closed'}-${index}`,
);
await Promise.all(names.map(customer));
clearInterval(progress);
print({ ...state, reservations: state.placed.length, cancellations: state.canceled.length });
