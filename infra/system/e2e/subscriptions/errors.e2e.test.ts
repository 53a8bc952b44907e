import { request, requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { startOnRedis } from '../system.ts';
import { subscribeTo } from './subscriber.ts';

const QUERY = `subscription ($customerId: ID) {
  info: customerInfoUpdated(customerId: $customerId) {
    flightCount
    customer { reservations(first: 2) { nodes { seatQty plane: flight { flightCode } payment { status } } } }
  }
}`;

describe('subgraphs that do not respond', requires('redis-server').options, () => {
  test('leave a pushed event the data of the others, with an error at each path that is missing', async () => {
    await using system = await startOnRedis();
    const booking = bookingAt(system.url);
    const flightId = await booking.registerFlight(5);
    await using subscriber = subscribeTo(system.url, QUERY, { customerId: 'c' });
    const reserveDate = '2024-11-21';
    await booking.place({ customerId: 'c', flightId, seatQty: 1, reserveDate });
    await until('the subscription is there', () => subscriber.results.length > 0);
    await system.processes.flight?.kill();
    await system.processes.payment?.kill();
    // The response itself lacks its payment.
    const place =
      'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';
    await request(system.url, place, { input: { customerId: 'c', flightId, seatQty: 2, reserveDate } });

    const result = await until('it is pushed all the same', () =>
      subscriber.results.find(({ errors }) => errors !== undefined),
    );
    const node = (seatQty: number) => ({ seatQty, plane: null, payment: null });
    expect(result.data).toEqual({
      info: { flightCount: 2, customer: { reservations: { nodes: [node(1), node(2)] } } },
    });
    const path = ['info', 'customer', 'reservations', 'nodes'];
    const error = (subgraph: string, index: number) => ({
      message: `The subgraph "${subgraph}" is unavailable.`,
      path: [...path, index, ...(subgraph === 'flight' ? ['plane', 'flightCode'] : ['payment'])],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
    const expected = ['flight', 'payment'].flatMap((name) => [error(name, 0), error(name, 1)]);
    expect(result.errors).toHaveLength(expected.length);
    for (const each of expected) expect(result.errors).toContainEqual(each);
    expect(JSON.stringify(result)).not.toMatch(/127\.0\.0\.1|localhost|https?:|ECONN/);
  });
});
