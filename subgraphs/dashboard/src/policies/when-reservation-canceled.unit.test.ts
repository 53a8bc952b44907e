import { describe, expect, test } from 'vitest';
import { canceled, given, info, orders, placed } from '../dashboard.fixture.ts';

describe('when a reservation is canceled', () => {
  test('counts it, and still counts it as placed', () => {
    given({ info: [info(1, '2024-11-23', 0, 1)] })
      .when(canceled('r1', 2))
      .thenPublished({ type: 'CustomerInfoUpdated', data: info(1, '2024-11-23', 1, 2) });
  });

  test('counts one that arrives before its ReservationPlaced', () => {
    given()
      .when(canceled('r1', 2))
      .thenPublished({ type: 'CustomerInfoUpdated', data: info(0, null, 1, 2) });
  });

  test('whatever the order, the counts and the steps end the same', () => {
    const events = [
      placed('r1', '2024-11-23', 1),
      canceled('r1', 2),
      placed('r2', '2024-12-25', 3),
      canceled('r2', 4),
    ];
    const [first, ...others] = orders(events).map((order) => given().when(...order).rows);
    expect(first?.info).toEqual([info(2, '2024-12-25', 2, 4)]);
    expect(first?.step).toHaveLength(4);
    for (const other of others) expect(other).toEqual(first);
  });
});
