import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const REGISTER =
  'mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id } } }';
const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { status cancelReason } }
}`;
const REMAINING = 'query ($id: ID!) { flight(id: $id) { remainingSeatsCount } }';

/** Books a flight of 5 seats: the first customer reserves 3 of them, and the second, who also requests 3, none. */
export async function bookLastSeats(url: string): Promise<void> {
  const { registerFlight } = await ask<{ registerFlight: { flight: { id: string } } }>(url, REGISTER, {
    input: { flightCode: 'ACE890', takeoffDate: '2025-12-25', cost: 200_000, remainingSeatsCount: 5 },
  });
  const flightId = registerFlight.flight.id;
  const place = async (customerId: string, reserveDate: string) => {
    const input = { customerId, flightId, seatQty: 3, reserveDate, awaitOutcome: true };
    const { placeReservation } = await ask<{ placeReservation: { reservation: unknown } }>(url, PLACE, {
      input,
    });
    return placeReservation.reservation;
  };
  assert.deepEqual(await place('1', '2024-11-21'), { status: 'SUCCEED', cancelReason: null });
  assert.deepEqual(await place('2', '2024-11-22'), { status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT' });
  assert.deepEqual(await ask(url, REMAINING, { id: flightId }), { flight: { remainingSeatsCount: 2 } });
}

async function ask<T>(url: string, query: string, variables: object): Promise<T> {
  const body = JSON.stringify({ query, variables });
  const options = [
    '--silent',
    '--show-error',
    '--max-time',
    '30',
    '--header',
    'content-type: application/json',
  ];
  const { stdout } = await promisify(execFile)('curl', [...options, '--data', body, url]);
  // JSON has no type; the caller knows that of its query.
  const { data, errors } = JSON.parse(stdout) as { data: T; errors?: unknown };
  assert.equal(errors, undefined, `the router returned ${stdout}`);
  return data;
}
