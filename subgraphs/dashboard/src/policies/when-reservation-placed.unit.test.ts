import { describe, expect, test } from 'vitest';
import { at, given, info, noFacts, orders, placed } from '../dashboard.fixture.ts';

describe('when a reservation is placed', () => {
  test('counts the first one of a customer, and notes the step', () => {
    const first = info(1, '2024-11-23', 0, 1);
    given()
      .when(placed('r1', '2024-11-23', 1))
      .thenPublished({ type: 'CustomerInfoUpdated', data: first })
      .thenHolds({
        info: [first],
        step: [
          {
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
          },
        ],
        totals: [{ id: 'all', placed: 1, succeeded: 0, canceled: 0 }],
        tally: [{ id: '2024-11-21T10:00 PLACED', count: 1 }],
      });
  });

  test('counts further ones, and keeps the latest of their dates', () => {
    given({ info: [info(1, '2024-11-23', 0, 1)] })
      .when(placed('r2', '2024-12-25', 2))
      .thenPublished({ type: 'CustomerInfoUpdated', data: info(2, '2024-12-25', 0, 2) })
      .when(placed('r3', '2024-01-01', 3))
      .thenPublished(
        { type: 'CustomerInfoUpdated', data: info(2, '2024-12-25', 0, 2) },
        { type: 'CustomerInfoUpdated', data: info(3, '2024-12-25', 0, 3) },
      );
  });

  test('whatever their order, the count ends the same', () => {
    const events = [
      placed('r1', '2024-11-23', 1),
      placed('r2', '2024-12-25', 2),
      placed('r3', '2024-01-01', 3),
    ];
    for (const order of orders(events)) {
      expect(given().when(...order).rows.info).toEqual([info(3, '2024-12-25', 0, 3)]);
    }
  });
});
