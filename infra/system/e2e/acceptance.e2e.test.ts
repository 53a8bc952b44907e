import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request, requires, until } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Booking, bookingAt } from './booking.ts';
import { type System, startEmbedded, startOnPostgres, startOnRedis } from './system.ts';

// The acceptance cases of the original system, through the router.

const ONE_PROCESS = { options: {} };

describe.each([
  { on: 'the embedded transport, in one process', start: startEmbedded, needs: ONE_PROCESS },
  { on: 'Redis, in separate processes', start: startOnRedis, needs: requires('redis-server') },
  {
    on: 'Redis and Postgres, three replicas of each service',
    start: startOnPostgres,
    needs: requires('redis-server', 'postgres'),
  },
])('on $on', ({ start, needs }) => {
  describe('booking', needs.options, () => {
    let system: System;
    let booking: Booking;

    beforeAll(async () => {
      system = await start();
      booking = bookingAt(system.url);
    });

    afterAll(() => system[Symbol.asyncDispose]());

    test('gives the last seats to the first and cancels the second', async () => {
      const flightId = await booking.registerFlight(5);

      const first = await booking.place({
        customerId: 'a1',
        flightId,
        seatQty: 3,
        reserveDate: '2024-11-21',
      });
      const second = await booking.place({
        customerId: 'a2',
        flightId,
        seatQty: 3,
        reserveDate: '2024-11-22',
      });

      expect(first).toMatchObject({ status: 'SUCCEED', payment: { status: 'PAID', cost: 600_000 } });
      expect(second).toMatchObject({ status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT', payment: null });
      expect(await booking.remainingSeats(flightId)).toBe(2);
    });

    test('counts reservations; a canceled one releases its seats and is refunded', async () => {
      const flightId = await booking.registerFlight(5);
      const first = await booking.place({
        customerId: 'b1',
        flightId,
        seatQty: 3,
        reserveDate: '2024-11-11',
      });
      await booking.place({ customerId: 'b2', flightId, seatQty: 1, reserveDate: '2024-11-23' });
      await booking.place({ customerId: 'b2', flightId, seatQty: 1, reserveDate: '2024-12-25' });

      await until('both customers are counted', async () => {
        const counts = await Promise.all(['b1', 'b2'].map(booking.customerInfo));
        return counts[0]?.flightCount === 1 && counts[1]?.flightCount === 2;
      });
      expect(await booking.customerInfo('b1')).toMatchObject({ recentReserveDate: '2024-11-11' });
      expect(await booking.customerInfo('b2')).toMatchObject({ recentReserveDate: '2024-12-25' });
      expect(await booking.remainingSeats(flightId)).toBe(0);

      expect(await booking.cancel(first.id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CUSTOMER' });
      expect(await booking.cancel(first.id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CUSTOMER' });
      await until('the seats are released', async () => (await booking.remainingSeats(flightId)) === 3);
      await until(
        'the payment is refunded',
        async () => (await booking.reservation(first.id)).payment?.status === 'REFUNDED',
      );
      await until(
        'the cancellation is counted',
        async () => (await booking.customerInfo('b1'))?.canceledCount === 1,
      );
      expect(await booking.customerInfo('b1')).toMatchObject({ flightCount: 1 });
    });

    test('refuses a flight that has departed, or that there never was', async () => {
      const flightId = await booking.registerFlight(5);
      const late = { customerId: 'c1', flightId, seatQty: 1, reserveDate: '2025-12-26' };
      expect(await booking.place(late)).toMatchObject({
        status: 'CANCELED',
        cancelReason: 'FLIGHT_DEPARTED',
      });
      expect(await booking.place({ ...late, reserveDate: '2025-12-25' })).toMatchObject({
        status: 'SUCCEED',
      });
      expect(await booking.place({ ...late, flightId: 'nowhere' })).toMatchObject({
        status: 'CANCELED',
        cancelReason: 'FLIGHT_NOT_FOUND',
      });
    });

    test('shows the texts of the promotions folder', async () => {
      const text = '[SUMMER EVENT] 50% DISCOUNT!';
      await writeFile(join(system.folder, 'promotions/summer-event.txt'), text);
      expect(await request(system.url, '{ promotions { name text } }')).toEqual({
        promotions: [{ name: 'summer-event.txt', text }],
      });
    });

    test('reads a booking across all services in one query', async () => {
      const flightId = await booking.registerFlight(2, 150);
      const { id } = await booking.place({
        customerId: 'd1',
        flightId,
        seatQty: 2,
        reserveDate: '2024-11-21',
      });
      const query = `query ($id: ID!) {
        reservation(id: $id) {
          customer { id info { flightCount } reservations { totalCount } payments { nodes { cost status } } }
          flight { flightCode remainingSeatsCount reservations { nodes { id } } }
          payment { status reservation { id } }
          history { event service detail }
        }
      }`;
      const history = ['ReservationPlaced', 'RemainingSeatsDecreased', 'Paid', 'ReservationSucceeded'];
      const settled = await until('its history is complete', async () => {
        const { reservation } = await request<{ reservation: { history: { event: string }[] } }>(
          system.url,
          query,
          { id },
        );
        return reservation.history.length === history.length && reservation;
      });
      expect(settled.history.map(({ event }) => event)).toEqual(history);
      expect(settled).toMatchObject({
        customer: {
          id: 'd1',
          info: { flightCount: 1 },
          reservations: { totalCount: 1 },
          payments: { nodes: [{ cost: 300, status: 'PAID' }] },
        },
        flight: { flightCode: 'ACE890', remainingSeatsCount: 0, reservations: { nodes: [{ id }] } },
        payment: { status: 'PAID', reservation: { id } },
      });
    });
  });
});
