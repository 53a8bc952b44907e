import { bookingAt, type Reservation } from '@airline/e2e/booking';
import { startOnRedis } from '@airline/e2e/system';
import { Pool } from 'undici';
import { percentiles, runConcurrently } from './measure.ts';

const CONNECTIONS = 64;
const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status cancelReason payment { status cost } } }
}`;

/** Books through the router of a system of separate processes; each booking awaits its outcome. */
export async function measureRouter(sagas: number) {
  await using system = await startOnRedis({ NODE_ENV: 'production', COST_PER_SECOND: '0' });
  const flightId = await bookingAt(system.url).registerFlight(1_000_000);
  await using ending = new AsyncDisposableStack();
  const load = new Pool(new URL(system.url).origin, { connections: CONNECTIONS });
  ending.defer(() => load.close());
  const book = async (index: number) => {
    const customerId = `customer-${index % 500}`;
    const status = await place(load, { customerId, flightId, seatQty: 1, reserveDate: '2024-11-21' });
    if (status !== 'SUCCEED') throw new Error(`A booking ended ${status}.`);
  };
  // The first bookings meet code that has not been compiled yet.
  await runConcurrently(sagas, CONNECTIONS, book);
  const idle = percentiles(await runConcurrently(300, 1, book));
  const begun = performance.now();
  await runConcurrently(sagas, CONNECTIONS, book);
  return { idle, perSecond: (sagas * 1000) / (performance.now() - begun) };
}

/** By a client that costs a fraction of `fetch`: it shares two cores with six processes. */
async function place(load: Pool, booked: Record<string, unknown>): Promise<string> {
  const input = { ...booked, awaitOutcome: true };
  const { body } = await load.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: PLACE, variables: { input } }),
  });
  // What the mutation above selects.
  const { data } = (await body.json()) as {
    data?: { placeReservation: { reservation: Pick<Reservation, 'status'> } };
  };
  return data?.placeReservation.reservation.status ?? 'in an error';
}
