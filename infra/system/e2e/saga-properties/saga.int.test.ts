import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { endingsOf, expectedEndings } from './ending.ts';
import { openServices } from './four-services.ts';
import { DAY_MS, run, schedule, wrongAtRest } from './schedule.ts';
import { longTimeout, runs } from './widen.ts';
import { ampleWorld, anyWorld, scarceWorld } from './world.ts';

const services = openServices();
afterAll(() => services.close());

/** What sagas have met in this run. */
async function met(): Promise<string[]> {
  const { reservations, holds, payments } = await services.rows();
  const settledAt = new Map(reservations.map(({ id, updatedAt }) => [id, Date.parse(updatedAt)]));
  const canceledLate = payments.filter(
    ({ reservationId, status, paidAt }) =>
      status === 'REFUNDED' && (settledAt.get(reservationId) ?? 0) - Date.parse(paidAt ?? '') > DAY_MS,
  );
  return [
    ...reservations.map(({ status, cancelReason }) => cancelReason ?? status),
    ...holds.map(({ status, seatQty }) => `${status} ${seatQty > 0 ? 'seats' : 'nothing'}`),
    ...payments.map(({ status }) => status),
    ...canceledLate.map(() => 'REFUNDED, canceled days after the charge'),
  ];
}

describe('whatever the order in which events are delivered, and however often', longTimeout, () => {
  test('all invariants hold in the end, and the money is where it belongs', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyWorld, schedule, async (world, steps) => {
        expect(await wrongAtRest(await run(services, world, steps))).toEqual([]);
        for (const each of await met()) seen.add(each);
      }),
      runs(200),
    );
    // The runs have met all that a saga can meet, the tombstones included.
    expect([...seen].sort()).toEqual(
      [
        ...[
          'SUCCEED',
          'SEATS_SOLD_OUT',
          'FLIGHT_NOT_FOUND',
          'FLIGHT_DEPARTED',
          'PAYMENT_DECLINED',
          'CUSTOMER',
          'EXPIRED',
        ],
        ...['HELD seats', 'RELEASED seats', 'RELEASED nothing', 'REFUSED nothing'],
        ...['PAID', 'DECLINED', 'REFUNDED', 'REFUNDED, canceled days after the charge', 'VOID'],
      ].sort(),
    );
  });

  test('with seats for everybody, all ends as it must, by any two schedules', async () => {
    await fc.assert(
      fc.asyncProperty(ampleWorld, schedule, schedule, async (world, one, other) => {
        const expected = expectedEndings(world);
        for (const steps of [one, other]) {
          const ended = await run(services, world, steps);
          expect(await endingsOf(ended, world)).toEqual(expected);
          expect(await wrongAtRest(ended)).toEqual([]);
        }
      }),
      runs(80),
    );
  });

  test('with too few seats, as many are sold one by one as there are', async () => {
    await fc.assert(
      fc.asyncProperty(scarceWorld(1), schedule, async (world, steps) => {
        expect(await wrongAtRest(await run(services, world, steps))).toEqual([]);
        const { flights } = await services.rows();
        const wanted = (flight: number) =>
          world.bookings.filter((booking) => booking.flight === flight).length;
        const left = world.flights.map(({ capacity }, flight) => Math.max(0, capacity - wanted(flight)));
        expect(flights.map(({ remainingSeatsCount }) => remainingSeatsCount)).toEqual(left);
      }),
      runs(50),
    );
  });

  test('with too few seats for groups, no booking is refused that would still fit', async () => {
    await fc.assert(
      fc.asyncProperty(scarceWorld(4), schedule, async (world, steps) => {
        expect(await wrongAtRest(await run(services, world, steps))).toEqual([]);
        const rows = await services.rows();
        const left = new Map(rows.flights.map(({ id, remainingSeatsCount }) => [id, remainingSeatsCount]));
        const refused = rows.reservations.filter(({ status }) => status === 'CANCELED');
        expect(refused.filter(({ flightId, seatQty }) => seatQty <= (left.get(flightId) ?? 0))).toEqual([]);
      }),
      runs(50),
    );
  });
});
