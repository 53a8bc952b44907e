import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, canceled, given, info, noFacts, placed } from '../dashboard.fixture.ts';
import type { SagaStep } from './model.ts';

/** The step of `placed('r1', '2024-11-23', 1)`. */
const step: SagaStep = {
  id: 'ReservationPlaced/r1',
  reservationId: 'r1',
  event: 'ReservationPlaced',
  service: 'reservation',
  at: at(1),
  detail: '3 seats on flight f1',
  ...noFacts,
  seatQty: 3,
  customerId: 'c1',
  reserveDate: '2024-11-23',
  statistics: 'DONE',
};

describe('a reservation that is placed or canceled', () => {
  test('counts once, whatever brings it again, and its step stays as it came first', () => {
    given()
      .when(placed('r1', '2024-11-23', 1), canceled('r1', 2))
      .when(placed('r1', '2024-11-23', 3), canceled('r1', 4))
      .thenNothing();
  });

  test('records for whom it was counted where that is missing or wrong, and does not count again', () => {
    for (const wrong of [
      { customerId: null, reserveDate: null },
      { customerId: 'c2' },
      { reserveDate: '' },
    ]) {
      given({ info: [info(1, '2024-11-23', 0, 1)], step: [{ ...step, ...wrong }] })
        .when(placed('r1', '2024-11-23', 3))
        .thenPublished()
        .thenHolds({ info: [info(1, '2024-11-23', 0, 1)], step: [step] });
    }
  });

  test('counts again where the info is lost', () => {
    given({ step: [step] })
      .when(placed('r1', '2024-11-23', 3))
      .thenHolds({ info: [info(1, '2024-11-23', 0, 3)], step: [step] });
  });
});

describe('whatever the order of events, duplicates and replays', () => {
  const reservation = fc.record({ isCanceled: fc.boolean(), day: fc.integer({ min: 10, max: 29 }) });

  test('the counts and the steps end the same', () => {
    const deliveries = fc.array(reservation, { minLength: 1, maxLength: 6 }).chain((reservations) => {
      const facts = reservations.flatMap(({ isCanceled, day }, index) => {
        const id = `r${index}`;
        // A replay has the time of the decision, a moment before that of the event.
        const placements = [0, 1].map((second) => placed(id, `2024-11-${day}`, second));
        return isCanceled ? [...placements, canceled(id, 2), canceled(id, 3)] : placements;
      });
      const again = fc.array(fc.constantFrom(...facts), { maxLength: 12 });
      return again
        .chain((more) => fc.shuffledSubarray([...facts, ...more], { minLength: facts.length + more.length }))
        .map((all) => ({ reservations, all }));
    });
    fc.assert(
      fc.property(deliveries, ({ reservations, all }) => {
        const { rows } = given().when(...all);
        const dates = reservations.map(({ day }) => `2024-11-${day}`).toSorted();
        const cancellations = reservations.filter(({ isCanceled }) => isCanceled).length;
        expect(rows.info).toMatchObject([
          {
            flightCount: reservations.length,
            recentReserveDate: dates.at(-1),
            canceledCount: cancellations,
          },
        ]);
        expect(rows.step).toHaveLength(reservations.length + cancellations);
      }),
      { seed: 20_241_121 },
    );
  });
});
